import type { ProposalRecord } from '../../contracts/ledger.ts';
import { turnLengthMs } from '../../domain/turns.ts';
import type { TurnLedger } from './ledger.ts';

export interface TurnTaker {
  ledger: TurnLedger;
  /** Share of Lambda's 15 control-plane calls a second that changes may use, 0 to 1. */
  controlPlaneShare: number;
}

/** When an approved change may be written (ISO 8601); whoever asks for the same change again hears the same,
 * until that moment is a minute past. */
export async function takeNightTurn(
  { runId, functionName, assessment }: ProposalRecord,
  { ledger, controlPlaneShare }: TurnTaker,
  nowMs: number,
): Promise<string> {
  const lengthMs = turnLengthMs({ lane: 'night', target: assessment.target, controlPlaneShare });
  const atMs = await ledger.takeTurn({ holder: `${runId}/${functionName}`, lane: 'night', lengthMs, nowMs });
  return new Date(atMs).toISOString();
}
