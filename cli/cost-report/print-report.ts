import Table from 'cli-table3';
import type { CostReport } from '../../shared/cost-report/index.ts';

/** The brief's before and after table, what gave how much of the difference, and what the figures rest on. */
export function printReport({ rows, levers, notes }: CostReport): string {
  const bill = plainTable([
    'USD a month',
    'before',
    'after',
    'saved',
    '',
    'before / 1,000 users',
    'after / 1,000 users',
  ]);
  for (const row of rows) {
    bill.push([
      LABELS[row.category],
      usd(row.before),
      usd(row.after),
      usd(row.saved),
      percent(row.savedPercent),
      usd(row.beforePer1000Users),
      usd(row.afterPer1000Users),
    ]);
  }
  const gave = plainTable(['lever', 'USD a month', 'share', 'evidence']);
  for (const { name, usdPerMonth, sharePercent, evidence } of levers) {
    gave.push([name, usd(usdPerMonth), percent(sharePercent), evidence]);
  }
  return [bill.toString(), gave.toString(), ...notes].join('\n');
}

/** The brief's words for its rows. */
const LABELS: Readonly<Record<CostReport['rows'][number]['category'], string>> = {
  lambda: 'Lambda',
  aiMl: 'AI/ML',
  storage: 'Storage',
  monitoring: 'Monitoring',
  other: 'everything else',
  total: 'Total',
};

const plainTable = (head: string[]) => new Table({ head, style: { head: [], border: [] } });

function usd(value: number | undefined): string {
  return value === undefined ? 'not measured' : `${value < 0 ? '-' : ''}$${Math.abs(value).toFixed(2)}`;
}

function percent(value: number | undefined): string {
  return value === undefined ? '' : `${value.toFixed(0)} %`;
}
