import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { PlaceFigures } from './place-figures.ts';
import type { DemoResult } from './run-demo.ts';
import type { NightFigures } from './run-night.ts';

const SAVINGS_SHOWN = 10;

/** One object on stdout and nothing else. */
export function printJson({
  seed,
  functions,
  nights,
  monthlyCostUsd,
  functionsBeyondSlowdownGuard,
  violations,
  places,
}: DemoResult): void {
  const result = {
    seed,
    functions,
    nights,
    monthlyCostUsd,
    functionsBeyondSlowdownGuard,
    invariantViolations: violations.length,
    ...(places && { places }),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  for (const violation of violations) process.stderr.write(`violated: ${violation}\n`);
}

export function printReport(result: DemoResult): void {
  const lines = [
    nightsTable(result.nights),
    '',
    ...(result.places === undefined ? [] : [placesTable(result.places), '']),
    billLine(result),
    operatingLine(result),
    `Functions slower than 10 % beyond their start (2 % measuring tolerance): ${result.functionsBeyondSlowdownGuard}`,
    invariantLine(result.violations),
    '',
    'Largest savings',
    savingsTable(result),
    '',
    `Full report: ${result.reportFile}`,
    ...result.pageFiles.map((file) => `As a page: ${file}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const COLUMNS: readonly [heading: string, of: keyof NightFigures][] = [
  ['Night', 'date'],
  ['Assessed', 'assessed'],
  ['Skipped', 'skipped'],
  ['Failed', 'failed'],
  ['Proposed', 'proposed'],
  ['Covered', 'covered'],
  ['Approved', 'approved'],
  ['Rejected', 'rejected'],
  ['Expired', 'expired'],
  ['Applied', 'applied'],
  ['Verified', 'verified'],
  ['Watched', 'inconclusive'],
  ['Rolled back', 'rolledBack'],
  ['$/month before', 'monthlyCostUsdBefore'],
  ['after', 'monthlyCostUsdAfter'],
];

function nightsTable(nights: readonly NightFigures[]): string {
  const table = plainTable(COLUMNS.map(([heading]) => heading));
  for (const night of nights) table.push(COLUMNS.map(([, of]) => text(night[of])));
  return table.toString();
}

/** One digest, one page and one report for all of them; what came of each. */
function placesTable(places: readonly PlaceFigures[]): string {
  const table = plainTable(['Account', 'Region', 'Functions', 'Proposed', 'Applied', '$/month before', 'after']);
  for (const each of places) {
    const { name, accountId, region, functions, proposed, applied, refusal } = each;
    const looked = refusal === undefined ? [text(proposed), text(applied)] : ['refuses', '-'];
    const money = [each.monthlyCostUsdBefore.toFixed(2), each.monthlyCostUsdAfter.toFixed(2)];
    table.push([`${name} (${accountId})`, region, text(functions), ...looked, ...money]);
  }
  const refusals = places.flatMap(({ refusal }) => refusal ?? []);
  return [table.toString(), ...refusals.map((refusal) => `Refused: ${refusal.replace(/ \(User: .*/, '')}`)].join('\n');
}

function savingsTable({ largestSavings }: DemoResult): string {
  const table = plainTable(['Function', 'MB before', 'MB after', 'saves $/month']);
  for (const saving of largestSavings.slice(0, SAVINGS_SHOWN)) {
    const { functionName, memorySizeMbBefore, memorySizeMbAfter, savedUsdPerMonth } = saving;
    table.push([functionName, text(memorySizeMbBefore), text(memorySizeMbAfter), savedUsdPerMonth.toFixed(2)]);
  }
  return table.toString();
}

function plainTable(head: string[]): Table.Table {
  return new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, at) => (at === 0 ? 'left' : 'right')),
  });
}

function text(value: NightFigures[keyof NightFigures] | number): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return value.toFixed(2);
  return String(value);
}

function billLine({ monthlyCostUsd: { start, end } }: DemoResult): string {
  const saved = start === 0 ? 0 : (100 * (start - end)) / start;
  return bold(`Monthly bill at fixed traffic: $${start.toFixed(2)} → $${end.toFixed(2)} (${saved.toFixed(1)} % less)`);
}

function operatingLine({ nights }: DemoResult): string {
  const usd = nights.map(({ operatingCostUsd }) => `$${operatingCostUsd.toFixed(3)}`);
  return `What the nights themselves cost, by their own reports: ${usd.join(', ')} (alarms and dashboard apart)`;
}

function invariantLine(violations: readonly string[]): string {
  if (violations.length === 0) return 'Invariants: all held (checked from outside after every night)';
  return [
    styleText('red', `Invariants violated: ${violations.length}`, { stream: process.stdout }),
    ...violations.map((each) => `  ${each}`),
  ].join('\n');
}

const bold = (line: string): string => styleText('bold', line, { stream: process.stdout });
