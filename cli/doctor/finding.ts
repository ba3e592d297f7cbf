import type { RunRecord } from '../../shared/contracts/ledger.ts';
import type { NightSchedule } from '../clients/night-schedule.ts';

/** What one look found: all right, or what to do. */
export interface Finding {
  ok: boolean;
  says: string;
  todo?: string;
}

/** A deployment as the looks see it; what several of them ask is asked once. */
export interface Deployment {
  stackName: string;
  /** Outputs of the stack. */
  outputs: Readonly<Record<string, string>>;
  nowMs: number;
  /** Where the command was called, which may be a checkout. */
  directory: string;
  /** Nights that are still remembered, newest first. */
  nights(): Promise<readonly RunRecord[]>;
  /** Undefined where the stack does not tell its schedule's name. */
  schedule(): Promise<NightSchedule | undefined>;
}

export const fine = (says: string): Finding => ({ ok: true, says });
export const wrong = (says: string, todo: string): Finding => ({ ok: false, says, todo });
