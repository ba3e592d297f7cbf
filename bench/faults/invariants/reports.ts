import { placeOfFunction } from '../seam/visit.ts';
import type { Evidence, NightEnd, OutcomeLine, ReportLines } from '../world/evidence.ts';
import { isNamed } from './places.ts';
import { proposalsIn } from './records.ts';

/** A night that ends well says of every function once what became of it, and its counts are those of its lines. */
export function incompleteReports(evidence: Evidence): string[] {
  return evidence.nights.flatMap((night) => {
    if (night.status !== 'SUCCEEDED') return failedNight(night);
    if (night.report === undefined) return [`${night.runId} succeeded without a report`];
    return [
      ...missingFunctions(night, night.report),
      ...wrongCounts(night, night.report),
      ...wrongProposals(night, night.report, evidence),
    ];
  });
}

/** A night may fail where something went wrong, never where all was well. */
const failedNight = ({ runId, status, error, stormy }: NightEnd): string[] =>
  stormy ? [] : [`${runId} ended as ${status} though all was well: ${error}`];

/** Functions of a place that did not say what it has are nobody's to account for, but the place is named. */
function missingFunctions({ runId, functionNames }: NightEnd, report: ReportLines): string[] {
  const times = Map.groupBy([...report.excluded, ...report.assessed], ({ functionName }) => functionName);
  const isAway = (name: string) => {
    const place = placeOfFunction(name);
    return place !== undefined && isNamed(place, report);
  };
  return functionNames
    .filter((name) => times.get(name)?.length !== (isAway(name) ? undefined : 1))
    .map((name) => `${name} is ${times.get(name)?.length ?? 0} times in the report of ${runId}`);
}

/** Counted anew from the lines, by the words of the contract and not by the product's own arithmetic. */
function wrongCounts({ runId }: NightEnd, { counts, excluded, assessed, changed, settled }: ReportLines): string[] {
  const of = (lines: readonly { kind: string }[], ...kinds: string[]) =>
    lines.filter(({ kind }) => kinds.includes(kind)).length;
  const all = [...settled, ...changed];
  const expected: Record<string, number> = {
    discovered: excluded.length + assessed.length,
    proposed: changed.length,
    rejected: of(changed, 'Rejected'),
    expired: of(changed, 'Expired'),
    refused: of(changed, 'Refused'),
    applied: of(changed, 'Verified', 'Watching', 'Unverified', 'RollbackRefused', 'RolledBack'),
    verified: of(all, 'Verified'),
    rolledBack: of(all, 'RolledBack'),
    watching: of(all, 'Watching'),
    failed: of(assessed, 'Failed') + of(all, 'Failed'),
  };
  const sums = [
    ...Object.entries(expected)
      .filter(([name, count]) => counts[name] !== count)
      .map(([name, count]) => `${name} is ${counts[name]}, its lines are ${count}`),
    ...(counts['discovered'] === counts['excluded']! + counts['assessed']! + of(assessed, 'Failed')
      ? []
      : ['excluded, assessed and failed do not add up to discovered']),
  ];
  return sums.map((each) => `counts of ${runId}: ${each}`);
}

/** What was asked in a night is in its report once, with the outcome that the ledger has. */
function wrongProposals({ runId }: NightEnd, { changed }: ReportLines, { ledger }: Evidence): string[] {
  const lines = Map.groupBy(
    changed.filter((each) => each.runId === runId),
    ({ functionName }) => functionName,
  );
  return proposalsIn(ledger)
    .filter((each) => each.runId === runId)
    .flatMap(({ functionName }) => {
      const found: readonly OutcomeLine[] = lines.get(functionName) ?? [];
      return found.length === 1
        ? []
        : [`the proposal for ${functionName} is ${found.length} times in the report of ${runId}`];
    });
}
