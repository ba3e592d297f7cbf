import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import { isOpen } from '../../shared/domain/approval/proposal/is-open.ts';
import { counted, instant } from '../../shared/domain/approval/proposal/wording.ts';
import type { NightSnapshot } from './night-snapshot.ts';

/** A line on a night: its stage, how many proposals are where, and what waits for whom. */
export function nightInWords({ stage, run, proposals }: NightSnapshot, nowMs: number, timeZone: string): string {
  const open = proposals.filter((each) => isOpen(each, nowMs)).length;
  const running = proposals.filter(({ status, outcome }) => status === 'approved' && outcome === undefined).length;
  const parts = [
    stage ?? 'starting',
    open > 0 && `${counted(open, 'proposal')} waiting for people until ${instant(run!.approvalExpiresAt, timeZone)}`,
    running > 0 && `${counted(running, 'approved change')} waiting for production’s proof`,
    ...outcomesInWords(proposals),
  ];
  return parts.filter((part) => part !== false).join('; ');
}

/** How the night ended. */
export function endInWords({ status, failure, proposals }: NightSnapshot, runId: string): string {
  if (status !== 'SUCCEEDED') return `The night ended as ${status}${failure ? `: ${failure}` : ''}.`;
  const what = outcomesInWords(proposals);
  return `The night is over: ${what.length > 0 ? what.join(', ') : 'nothing was proposed'}. More: rightsizer report ${runId}`;
}

function outcomesInWords(proposals: readonly ProposalRecord[]): string[] {
  const counts = new Map<string, number>();
  for (const { outcome } of proposals) if (outcome) counts.set(outcome.kind, (counts.get(outcome.kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`);
}
