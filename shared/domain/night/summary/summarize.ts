import type { RunSummary } from '../../../contracts/change.ts';
import type { Exclusion } from '../../../contracts/manifest.ts';
import type { AssessedOutcome, ChangedOutcome } from '../../../contracts/outcome.ts';
import type { UnavailableSource } from '../../../contracts/source.ts';
import { hasPriceListInUsd } from '../../pricing/price-list-region.ts';

/** Everything that happened to the functions of one night. */
export interface NightResults {
  excluded: readonly Exclusion[];
  assessed: readonly AssessedOutcome[];
  /** Changes of earlier nights that were looked at again. */
  settled: readonly ChangedOutcome[];
  /** Tonight's proposals. */
  changed: readonly ChangedOutcome[];
}

/** Kinds in which a change was written to its function, and was not taken back. */
const KEPT_KINDS: readonly ChangedOutcome['kind'][] = ['Verified', 'Watching', 'Unverified', 'RollbackRefused'];
const WRITTEN_KINDS: readonly ChangedOutcome['kind'][] = [...KEPT_KINDS, 'RolledBack'];

/** Counts a night; `settled` counts where a change of an earlier night ended tonight. */
export function countNight({ excluded, assessed, settled, changed }: NightResults): RunSummary['counts'] {
  const all = [...settled, ...changed];
  const count = (outcomes: readonly { kind: string }[], ...kinds: string[]) =>
    outcomes.filter(({ kind }) => kinds.includes(kind)).length;
  const leftOut = count(assessed, 'LeftOut');
  const awaitingDeployment = count(all, 'AwaitingDeployment');
  return {
    discovered: excluded.length + assessed.length,
    excluded: excluded.length + count(assessed, 'Excluded'),
    assessed: assessed.length - count(assessed, 'Failed', 'Excluded'),
    ...(leftOut > 0 && { leftOut }),
    proposed: changed.length,
    approved: changed.filter(({ kind, decidedBy }) => decidedBy !== undefined && kind !== 'Rejected').length,
    rejected: count(changed, 'Rejected'),
    expired: count(changed, 'Expired'),
    applied: count(changed, ...WRITTEN_KINDS),
    verified: count(all, 'Verified'),
    watching: count(all, 'Watching'),
    rolledBack: count(all, 'RolledBack'),
    refused: count(changed, 'Refused'),
    ...(awaitingDeployment > 0 && { awaitingDeployment }),
    failed: count(assessed, 'Failed') + count(all, 'Failed'),
  };
}

/** Savings of tonight's changes that stand, as estimated, and of everything verified tonight, as measured. */
export function sumSavings({ settled, changed }: NightResults): {
  estimatedUsdPerMonth: number;
  realizedUsdPerMonth: number;
} {
  const kept = changed.filter(({ kind }) => KEPT_KINDS.includes(kind));
  const verified = [...settled, ...changed].filter(({ kind }) => kind === 'Verified');
  return {
    estimatedUsdPerMonth: total(kept.map((outcome) => outcome.estimatedSavingsUsdPerMonth)),
    realizedUsdPerMonth: total(verified.map((outcome) => outcome.realizedSavingsUsdPerMonth)),
  };
}

/**
 * Every source that some stage could not use, once each, with the first reason heard. Prices count as well: those of
 * the dated table stand in where the Price List could not be read.
 */
export function unavailableSourcesOf(
  stages: readonly (readonly UnavailableSource[] | undefined)[],
  { assessed }: NightResults,
): UnavailableSource[] {
  const fallback = assessed.find(({ savings }) => savings?.priceSource === 'Fallback');
  const region = fallback?.functionArn.split(':')[3] ?? '';
  const prices =
    fallback && hasPriceListInUsd(region)
      ? [
          {
            source: 'PriceList',
            reason: `prices are those of ${fallback.savings?.pricesAsOf}: the list could not be read`,
          },
        ]
      : [];
  const all = [...stages.flatMap((each) => each ?? []), ...prices];
  return all.filter(({ source }, at) => all.findIndex((each) => each.source === source) === at);
}

/** Every source that answered some stage; the Price List where prices came from it. */
export function answeredSourcesOf(
  stages: readonly (readonly string[] | undefined)[],
  { assessed }: NightResults,
): string[] {
  const prices = assessed.some(({ savings }) => savings?.priceSource === 'PriceList') ? ['PriceList'] : [];
  return [...new Set([...stages.flatMap((each) => each ?? []), ...prices])];
}

const total = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
