import type { UnqualifiedTraffic } from '../../shared/clients/cloudwatch/unqualified-traffic.ts';
import type { FunctionConfigurations } from '../../shared/clients/lambda/function-configuration.ts';
import type { RunContext } from '../../shared/contracts/run.ts';
import type { ProposableOutcome } from '../../shared/domain/approval/select-proposals.ts';
import { type InspectionRefusal, inspectCandidate } from '../../shared/domain/eligibility/inspect-candidate.ts';
import { evidenceWindow } from '../../shared/domain/evidence/window.ts';

/** GetFunction has 100 calls a second to itself; ten at a time stay well below. */
const READS_AT_ONCE = 10;

export interface InspectCandidates {
  configurations: Pick<FunctionConfigurations, 'read'>;
  unqualifiedTraffic: UnqualifiedTraffic;
}

/** Looks at each function that would be proposed; answers why some of them must not be. */
export async function inspectCandidates(
  run: RunContext,
  candidates: readonly ProposableOutcome[],
  { configurations, unqualifiedTraffic }: InspectCandidates,
): Promise<Map<string, InspectionRefusal>> {
  const names = candidates.map(({ functionName }) => functionName);
  const shares = await unqualifiedTraffic.readShares(names, evidenceWindow(run));
  const refusals = new Map<string, InspectionRefusal>();
  for (let start = 0; start < candidates.length; start += READS_AT_ONCE) {
    const group = candidates.slice(start, start + READS_AT_ONCE);
    const lives = await Promise.all(group.map(({ functionName }) => configurations.read(functionName)));
    for (const [at, { functionName, assessment }] of group.entries()) {
      const refusal = inspectCandidate({ assessment, live: lives[at], unqualifiedShare: shares.get(functionName) });
      if (refusal) refusals.set(functionName, refusal);
    }
  }
  return refusals;
}
