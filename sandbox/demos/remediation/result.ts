import type { RecordRemediationOutput, RemediationRecord } from '../../../shared/contracts/remediation.ts';
import type { Reported } from './simulation.ts';

export interface TimelineEntry {
  readonly afterSeconds: number;
  readonly says: string;
}

export interface ScenarioResult {
  readonly name: string;
  readonly alarm: string;
  readonly action: string;
  readonly detectedAfterSeconds: number | null;
  readonly actedAfterSeconds: number | null;
  readonly clearedAfterSeconds: number | null;
  readonly outcome: string;
  readonly changes: { command: string; atSeconds: number; input: Readonly<Record<string, unknown>> }[];
  /** From the event to the action. */
  readonly lambdaInvocations: number;
  readonly stateTransitions: number;
  readonly violations: string[];
  readonly timeline: TimelineEntry[];
}

/** What one remediation came to. */
export interface Answered {
  readonly reported: Reported;
  readonly status: string;
  readonly output: RecordRemediationOutput | undefined;
  readonly record: RemediationRecord | undefined;
  readonly lambdaInvocations: number;
  readonly stateTransitions: number;
}
