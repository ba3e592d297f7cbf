/**
 * `npm run bench:scale`: what a night costs, in calls, money and time, at one size after another; and what others cost.
 *
 *   npm run -s bench:scale -- [--functions 100,1000,10000] [--proposed 0.05] [--log-mb 10] [--modelled 100000] [--seed 1] [--json] [--plot FILE.svg]
 *
 * Counts are exact, handlers' processor time is measured, latencies and prices are assumed and dated: docs/cost.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fleetSizes } from '../engine/fleet-sizes.ts';
import { table } from '../load/checks.ts';
import { measureInProcess } from './measure-in-process.ts';
import { modelRow } from './model-row.ts';
import { costPlot } from './plot.ts';
import type { PeerRow, ScaleRow } from './scale-row.ts';

const { values } = parseArgs({
  options: {
    functions: { type: 'string', default: '100,1000,10000' },
    proposed: { type: 'string', default: '0.05' },
    'log-mb': { type: 'string' },
    modelled: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    plot: { type: 'string' },
  },
});

const proposedShare = share(values.proposed);
const logMb = values['log-mb'];
const logs = logMb === undefined ? {} : { logMbPerFunction: megabytes(logMb) };
const rows: ScaleRow[] = [];
const peers: PeerRow[] = [];
for (const functions of fleetSizes(values.functions)) {
  const measured = await measureInProcess({ functions, seed: Number(values.seed), proposedShare, ...logs });
  rows.push(measured.row);
  peers.push(...measured.peers);
}
const byModel = fleetSizes(values.modelled).map((functions) => modelRow(functions, rows.at(-1)!));
if (values.plot !== undefined) writeFileSync(values.plot, costPlot(rows, peers));
if (values.json) console.log(JSON.stringify({ rows, byModel, peers }));
else printTables();

function share(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 1) return value;
  throw new RangeError(`--proposed takes a share above 0 and at most 1, given "${text}"`);
}

function megabytes(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`--log-mb takes megabytes above 0 of a function's fortnight, given "${text}"`);
}

/** What has room in a table. */
function figuresOf({ awsCalls: _, breakdown: __, usage: ___, stageSeconds: ____, ...row }: ScaleRow) {
  const { busiestShareOfRates, ...figures } = row;
  return { ...figures, busiestShareOfRates: Math.max(0, ...Object.values(busiestShareOfRates)) };
}

function printTables(): void {
  console.log(`One night, at most ${proposedShare * 100} % proposed and all of it approved`);
  console.log(table(rows.map(figuresOf)));
  console.log('\nSizes that are not run');
  console.log(table(byModel.map((row) => ({ ...row }))));
  console.log('\nWhere the money goes (USD a night)');
  console.log(table(itemRows()));
  console.log('\nThe same functions by other ways');
  console.log(table(peers.map(({ breakdown: _, assumes: __, ...figures }) => ({ ...figures }))));
}

/** A line for each item, a column for each size, the dearest at the largest size first. */
function itemRows(): Record<string, string | number>[] {
  const largest = rows.at(-1)?.breakdown ?? {};
  const items = Object.keys(largest).toSorted((a, b) => largest[b]! - largest[a]!);
  return items.map((item) => ({
    item,
    ...Object.fromEntries(rows.map(({ functions, breakdown }) => [`${functions} functions`, breakdown[item] ?? 0])),
  }));
}
