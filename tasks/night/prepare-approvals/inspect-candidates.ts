import {
  readSharesAsAssessed,
  type UnqualifiedTraffic,
} from '../../../shared/clients/cloudwatch/unqualified-traffic.ts';
import type { SourceAnswer } from '../../../shared/clients/evidence-sources.ts';
import type { FunctionCallerCatalog } from '../../../shared/clients/lambda/function-callers.ts';
import type { PlacedSources } from '../../../shared/clients/placed-sources.ts';
import type { ChangeTarget } from '../../../shared/contracts/assessment.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import type { ProposableOutcome } from '../../../shared/domain/approval/select-proposals.ts';
import type { LiveFunction } from '../../../shared/domain/night/change/live-function.ts';
import { callerLimit, withinCallerLimit } from '../../../shared/domain/night/eligibility/caller-limit.ts';
import {
  type InspectionRefusal,
  inspectCandidate,
} from '../../../shared/domain/night/eligibility/inspect-candidate.ts';
import { byWindow } from '../../../shared/domain/night/evidence/window.ts';
import { byPlace, placeKey, placeOf } from '../../../shared/domain/organization/place.ts';
import { type FindAliasTarget, findAliasTarget } from './find-alias-target.ts';

/** GetFunction has 100 calls a second to itself; ten at a time stay well below. */
const READS_AT_ONCE = 10;

export interface InspectCandidates extends FindAliasTarget {
  unqualifiedTraffic: UnqualifiedTraffic;
  callers: FunctionCallerCatalog;
  sources: PlacedSources;
}

export interface Inspection {
  /** What may be proposed, by function; of a function behind an alias with the target its change must have. */
  proposable: Map<string, ProposableOutcome>;
  /** Why the others must not be, by function. */
  refusals: Map<string, InspectionRefusal>;
}

/** Looks at each function that would be proposed: some must not be, and some only through their alias. */
export async function inspectCandidates(
  run: RunContext,
  candidates: readonly ProposableOutcome[],
  dependencies: InspectCandidates,
): Promise<Inspection> {
  const { configurations, sources } = dependencies;
  const inspection: Inspection = { proposable: new Map(), refusals: new Map() };
  if (candidates.length === 0) return inspection;
  const traffic = await readTraffic(run, candidates, dependencies);
  for (let start = 0; start < candidates.length; start += READS_AT_ONCE) {
    const group = candidates.slice(start, start + READS_AT_ONCE);
    const lives = await Promise.all(
      group.map(({ functionName }) =>
        sources.at(placeOf(functionName)).ask('Configuration', () => configurations.read(functionName)),
      ),
    );
    for (const [at, candidate] of group.entries()) {
      const { functionName } = candidate;
      const live = lives[at]!;
      const shares = traffic.get(placeKey(placeOf(functionName)))!;
      if (!shares.available) refuseUnknown(functionName, inspection, 'by which name it is called', shares);
      else if (!live.available) refuseUnknown(functionName, inspection, 'its configuration', live);
      else {
        const facts = { live: live.value, unqualifiedShare: shares.value.get(functionName) };
        await inspect(run, candidate, facts, inspection, dependencies);
      }
    }
  }
  return inspection;
}

/** Shares of traffic that reach `$LATEST`, asked of each account and region by itself; by place. */
async function readTraffic(
  run: RunContext,
  candidates: readonly ProposableOutcome[],
  { unqualifiedTraffic, sources }: InspectCandidates,
): Promise<Map<string, SourceAnswer<Map<string, number>>>> {
  const answers = new Map<string, SourceAnswer<Map<string, number>>>();
  // Beside each other, or those that never answer would add up.
  await Promise.all(
    byPlace(candidates, ({ functionName }) => functionName).map(async ({ place, things }) => {
      const assessments = things.map(({ assessment }) => assessment);
      const ask = () => readSharesAsAssessed(run, assessments, unqualifiedTraffic);
      answers.set(placeKey(place), await sources.at(place).ask('Traffic', ask));
    }),
  );
  return answers;
}

/** What is not known about it could make the change wrong, so it is left alone, by name. */
export function refuseUnknown(
  functionName: string,
  { refusals }: Inspection,
  what: string,
  { reason }: { reason: string },
): void {
  refusals.set(functionName, { reason: 'SourceUnavailable', message: `${what} could not be read: ${reason}` });
}

async function inspect(
  run: RunContext,
  candidate: ProposableOutcome,
  { live, unqualifiedShare }: { live: LiveFunction | undefined; unqualifiedShare: number | undefined },
  inspection: Inspection,
  dependencies: InspectCandidates,
): Promise<void> {
  const { refusals } = inspection;
  const { functionName, assessment } = candidate;
  const refusal = inspectCandidate({ assessment, live, unqualifiedShare });
  if (refusal === undefined) await admit(candidate, inspection, dependencies);
  else if (refusal.reason !== 'AliasPinned' || live === undefined) refusals.set(functionName, refusal);
  else {
    const found = await dependencies.sources
      .at(placeOf(functionName))
      .ask('Aliases', () => findAliasTarget(functionName, live, byWindow(run, [assessment])[0]!.window, dependencies));
    if (!found.available) return refuseUnknown(functionName, inspection, 'which alias it is called by', found);
    const target = found.value;
    if ('kind' in target) await admit(throughAlias(candidate, target), inspection, dependencies);
    else {
      const message = `${refusal.message}, and ${target.why}; deploy the new size with the next version`;
      refusals.set(functionName, { ...refusal, message });
    }
  }
}

/** People are told that it is an alias that would be moved, since that is what they will see in their account. */
function throughAlias(candidate: ProposableOutcome, target: ChangeTarget): ProposableOutcome {
  const how = `a new version first gets a tenth of alias ${target.aliasName}, which leads to version ${target.functionVersion}`;
  const reason = `${candidate.assessment.reason}; ${how}`;
  return { ...candidate, reason, assessment: { ...candidate.assessment, reason, target } };
}

/** A longer timeout only as far as those who call the function can wait; who they are is asked of no other function. */
async function admit(
  candidate: ProposableOutcome,
  inspection: Inspection,
  { callers, sources }: InspectCandidates,
): Promise<void> {
  const { proposable, refusals } = inspection;
  const { functionName, assessment } = candidate;
  const { current, recommended, target } = assessment;
  if (recommended.timeoutSeconds <= current.timeoutSeconds) return void proposable.set(functionName, candidate);
  const known = await sources
    .at(placeOf(functionName))
    .ask('Callers', () => callers.readCallers(functionName, target?.aliasName));
  if (!known.available) return refuseUnknown(functionName, inspection, 'how long its callers wait', known);
  const limit = callerLimit(known.value, current.timeoutSeconds);
  const within = withinCallerLimit(assessment, limit);
  if ('assessment' in within)
    proposable.set(functionName, { ...candidate, reason: within.assessment.reason, assessment: within.assessment });
  else refusals.set(functionName, within);
}
