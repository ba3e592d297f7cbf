import { type Effect, isSame } from '../world/effect-log.ts';
import type { Evidence } from '../world/evidence.ts';
import { functionsIn } from './functions.ts';
import { changesIn, proposalsIn, remediationsIn } from './records.ts';

/** Ends of a change in which it was written. */
const WRITTEN = new Set(['Verified', 'Watching', 'Unverified', 'RolledBack']);
/** Ends in which it was not, or was taken back. */
const NOT_WRITTEN = new Set(['Refused', 'RolledBack']);

/** An approved change moves its function once, and back at most once; one that was not written moves nothing. */
export function effectsPerChange({ ledger, effects }: Evidence): string[] {
  const moves = effects.filter((each) => movesFunction(each) && each.task !== 'remediate');
  const proposals = proposalsIn(ledger);
  const changes = changesIn(ledger);
  return proposals.flatMap((proposal) => {
    const { runId, functionName, assessment, status: decided } = proposal;
    const { current, recommended } = assessment;
    const own = moves.filter((each) => each.runId === runId && each.input['FunctionName'] === functionName);
    const there = own.filter(({ sizes }) => isSame(sizes!.after, recommended)).length;
    const back = own.filter(({ sizes }) => isSame(sizes!.after, current)).length;
    const status = changes.find((each) => each.runId === runId && each.functionName === functionName)?.status ?? 'none';
    const left = there - back;
    return [
      ...(there > 1 ? [`${functionName} was changed ${there} times in ${runId}`] : []),
      ...(there > 0 && decided !== 'approved' ? [`${functionName} is ${decided} in ${runId}, and was changed`] : []),
      ...(back > there ? [`${functionName} was put back more often than changed in ${runId}`] : []),
      ...(WRITTEN.has(status) && there === 0
        ? [`${functionName} is ${status} in ${runId}, and was never changed`]
        : []),
      ...(NOT_WRITTEN.has(status) && left > 0 ? [`${functionName} is ${status} in ${runId}, and stays changed`] : []),
    ];
  });
}

/** A shift makes one version a change, and leaves no share of an alias behind once it is settled. */
export function shiftsPerChange(evidence: Evidence): string[] {
  const { ledger, effects } = evidence;
  const changes = changesIn(ledger);
  return functionsIn(evidence).flatMap(({ functionName: name, record: { aliases, versions } }) => {
    const own = changes.filter((each) => each.functionName === name && each.target !== undefined);
    const published = effects.filter(
      ({ call, input }) => call === 'Lambda.PublishVersion' && input['FunctionName'] === name,
    );
    const watched = own.some(({ status }) => status === 'Watching');
    const weighted = [...aliases.values()].filter(({ RoutingConfig }) => RoutingConfig !== undefined);
    const perChange = new Set(
      versions.map(({ MemorySize, Timeout, CodeSha256 }) => `${MemorySize} ${Timeout} ${CodeSha256}`),
    );
    return [
      ...(published.length > 0 && perChange.size < versions.length && own.length < versions.length - perChange.size
        ? [`${name} has ${versions.length} versions of ${perChange.size} configurations`]
        : []),
      ...(watched
        ? []
        : weighted.map(({ Name }) => `alias ${Name} of ${name} has weights, and nothing is watched on it`)),
    ];
  });
}

/** What an alarm called for was done once, and undone at most once. */
export function effectsPerRemediation({ ledger, effects }: Evidence): string[] {
  const acted = remediationsIn(ledger);
  return [
    ...Map.groupBy(effects.filter(({ task }) => task === 'remediate').filter(movesFunction), ({ input }) =>
      String(input['FunctionName']),
    ),
  ].flatMap(([functionName, moves]) => {
    const allowed = acted.filter(({ action }) => action.functionName === functionName).length * 2;
    return moves.length > allowed
      ? [`${functionName} was changed ${moves.length} times by ${allowed / 2} remediations`]
      : [];
  });
}

const movesFunction = ({ call, sizes }: Effect): boolean =>
  call === 'Lambda.UpdateFunctionConfiguration' && sizes !== undefined && !isSame(sizes.before, sizes.after);
