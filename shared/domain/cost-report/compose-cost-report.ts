import { COST_CATEGORIES, type CostCategory, categoryOf } from './categories.ts';

/** What a service cost in a period. */
export interface ServiceCost {
  service: string;
  usd: number;
}

export interface CostPeriod {
  /** ISO dates; `to` is the first day that is not part of it. */
  from: string;
  to: string;
  /** Undefined where Cost Explorer may not be read. */
  services: readonly ServiceCost[] | undefined;
  /** Users in that period; undefined where nobody counted them. */
  users: number | undefined;
}

/** A change of Rightsizer's that is live, as the ledger has it. */
export interface AppliedChange {
  functionName: string;
  estimatedUsdPerMonth: number;
  /** From production after the change; undefined until it was verified. */
  realizedUsdPerMonth: number | undefined;
}

export type Evidence = 'measured' | 'estimated' | 'unknown';

export interface CostRow {
  category: CostCategory | 'total';
  /** USD a month; undefined where nobody measured it. */
  before: number | undefined;
  after: number | undefined;
  saved: number | undefined;
  savedPercent: number | undefined;
  /** USD a month for a thousand users. */
  beforePer1000Users: number | undefined;
  afterPer1000Users: number | undefined;
}

/** What brought part of the difference about. */
export interface Lever {
  name: string;
  usdPerMonth: number;
  /** Share of all that was saved, in percent; undefined where nothing was saved, or nobody knows how much. */
  sharePercent: number | undefined;
  evidence: Evidence;
}

export interface CostReport {
  source: 'cost-explorer' | 'ledger';
  before: { from: string; to: string };
  after: { from: string; to: string };
  rows: CostRow[];
  levers: Lever[];
  notes: string[];
}

const DAY_MS = 86_400_000;
const DAYS_PER_MONTH = 365.25 / 12;

/**
 * The account's bill before and after, by the brief's rows, scaled to a month of 30.4 days, and what brought the
 * difference about. A figure stands only where it was measured; what the changes of the ledger do not explain is said
 * to be unexplained, since traffic, prices and other people's work are in the bill as well.
 */
export function composeCostReport(
  before: CostPeriod,
  after: CostPeriod,
  changes: readonly AppliedChange[],
): CostReport {
  const sums = [monthlySums(before), monthlySums(after)] as const;
  const rows = [...COST_CATEGORIES, 'total' as const].map((category) =>
    rowOf(category, sums[0]?.[category], sums[1]?.[category], [before.users, after.users]),
  );
  const source = sums[0] && sums[1] ? 'cost-explorer' : 'ledger';
  const saved = rows.at(-1)!.saved;
  return {
    source,
    before: { from: before.from, to: before.to },
    after: { from: after.from, to: after.to },
    rows,
    levers: leversOf(changes, saved),
    notes: notesOf(source, before, after),
  };
}

type Sums = Record<CostCategory | 'total', number>;

function monthlySums({ services, from, to }: CostPeriod): Sums | undefined {
  if (services === undefined) return undefined;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (!(days > 0)) throw new RangeError(`a period must end after it began, got ${from} to ${to}`);
  const sums: Sums = { lambda: 0, aiMl: 0, storage: 0, monitoring: 0, other: 0, total: 0 };
  for (const { service, usd } of services) {
    const monthly = (usd * DAYS_PER_MONTH) / days;
    sums[categoryOf(service)] += monthly;
    sums.total += monthly;
  }
  return sums;
}

function rowOf(
  category: CostRow['category'],
  before: number | undefined,
  after: number | undefined,
  [usersBefore, usersAfter]: readonly [number | undefined, number | undefined],
): CostRow {
  const saved = before !== undefined && after !== undefined ? before - after : undefined;
  return {
    category,
    before,
    after,
    saved,
    savedPercent: saved !== undefined && before! > 0 ? (100 * saved) / before! : undefined,
    beforePer1000Users: perThousand(before, usersBefore),
    afterPer1000Users: perThousand(after, usersAfter),
  };
}

const perThousand = (usd: number | undefined, users: number | undefined): number | undefined =>
  usd === undefined || users === undefined || users <= 0 ? undefined : (1_000 * usd) / users;

function leversOf(changes: readonly AppliedChange[], saved: number | undefined): Lever[] {
  const measured = changes.filter(({ realizedUsdPerMonth }) => realizedUsdPerMonth !== undefined);
  const pending = changes.filter(({ realizedUsdPerMonth }) => realizedUsdPerMonth === undefined);
  const realized = measured.reduce((sum, each) => sum + each.realizedUsdPerMonth!, 0);
  const estimated = pending.reduce((sum, each) => sum + each.estimatedUsdPerMonth, 0);
  const share = (usd: number) => (saved !== undefined && saved > 0 ? (100 * usd) / saved : undefined);
  const lever = (name: string, usdPerMonth: number, evidence: Evidence): Lever => ({
    name,
    usdPerMonth,
    sharePercent: evidence === 'estimated' ? undefined : share(usdPerMonth),
    evidence,
  });
  return [
    lever(`right-sizing, verified in production (${measured.length} changes)`, realized, 'measured'),
    lever(`right-sizing, not verified yet (${pending.length} changes)`, estimated, 'estimated'),
    ...(saved === undefined
      ? []
      : [lever('everything else (traffic, prices, caching, other work), not told apart', saved - realized, 'unknown')]),
  ];
}

function notesOf(source: CostReport['source'], before: CostPeriod, after: CostPeriod): string[] {
  return [
    source === 'cost-explorer'
      ? 'Bills are Cost Explorer’s unblended cost, scaled to a month of 30.4 days.'
      : 'Cost Explorer may not be read here, so bills are not known; only what the ledger has of right-sizing is shown.',
    ...(before.users === undefined || after.users === undefined
      ? ['Users were not given for both periods, so nothing is told per 1,000 users.']
      : []),
    'Estimates are never added to what was measured.',
  ];
}
