import { descending, group, sum } from 'd3-array';
import type { NightReport } from '../../../contracts/night-report.ts';
import type { AssessedOutcome } from '../../../contracts/outcome.ts';

/** What became of a function, as far as a mark can tell. */
export type MapKind = 'changed' | 'proposed' | 'kept';

export interface MapFunction {
  readonly functionName: string;
  readonly kind: MapKind;
  readonly costUsdPerMonth: number;
  /** What the recommended size would save, 0 where none is better. */
  readonly wasteUsdPerMonth: number;
}

/** Several functions in one place, where one mark each would be a blot. */
export interface MapCluster {
  readonly kind: MapKind;
  readonly count: number;
  /** Means of its functions; the cost is the geometric one, as the axis is logarithmic. */
  readonly costUsdPerMonth: number;
  readonly wasteShare: number;
}

export interface AccountMap {
  readonly functions: readonly MapFunction[];
  /** Without evidence there is no cost, so no place: too few calls, left alone, failed. */
  readonly withoutPlace: number;
}

const CHANGED_KINDS = ['Verified', 'Watching', 'Unverified', 'RollbackRefused'];

/** Cost and waste of every function that the night could judge, the largest waste first. */
export function mapAccount({ assessed = [], changed, excluded = [] }: NightReport): AccountMap {
  const changedNames = new Set(changed.filter(({ kind }) => CHANGED_KINDS.includes(kind)).map(nameOf));
  const proposedNames = new Set(changed.map(nameOf));
  const kindOf = (name: string): MapKind =>
    changedNames.has(name) ? 'changed' : proposedNames.has(name) ? 'proposed' : 'kept';
  const functions = assessed.flatMap((outcome) => {
    const costUsdPerMonth = costOf(outcome);
    if (costUsdPerMonth === undefined) return [];
    const wasteUsdPerMonth = Math.min(costUsdPerMonth, Math.max(0, outcome.savings?.savingsUsdPerMonth ?? 0));
    return [
      { functionName: outcome.functionName, kind: kindOf(outcome.functionName), costUsdPerMonth, wasteUsdPerMonth },
    ];
  });
  return {
    functions: functions.toSorted((a, b) => descending(a.wasteUsdPerMonth, b.wasteUsdPerMonth)),
    withoutPlace: assessed.length - functions.length + excluded.length,
  };
}

const nameOf = ({ functionName }: { functionName: string }): string => functionName;

/** A function that is right as it is has no savings; its cost is the model's at the size it has. */
function costOf({ savings, assessment }: AssessedOutcome): number | undefined {
  if (savings !== undefined) return savings.costUsdPerMonthBefore;
  const now = assessment?.candidates.find(({ memorySizeMb }) => memorySizeMb === assessment.current.memorySizeMb);
  const invocations = assessment?.metrics?.invocationsPerMonth;
  return now === undefined || invocations === undefined ? undefined : (now.costUsdPerMillion * invocations) / 1e6;
}

export const wasteShareOf = ({ costUsdPerMonth, wasteUsdPerMonth }: MapFunction): number =>
  costUsdPerMonth > 0 ? wasteUsdPerMonth / costUsdPerMonth : 0;

/** Functions by the cell that `cellOf` puts them in, kinds apart. */
export function cluster(functions: readonly MapFunction[], cellOf: (fn: MapFunction) => string): MapCluster[] {
  return [...group(functions, (fn) => `${fn.kind} ${cellOf(fn)}`).values()].map((members) => ({
    kind: members[0]!.kind,
    count: members.length,
    costUsdPerMonth: Math.exp(sum(members, (fn) => Math.log(Math.max(fn.costUsdPerMonth, TINY_USD))) / members.length),
    wasteShare: sum(members, wasteShareOf) / members.length,
  }));
}

/** Logarithms need something above zero; the map's axis begins far above. */
const TINY_USD = 1e-6;
