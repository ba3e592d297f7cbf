/**
 * `npm run bench:bundle`: how large each task's bundle is, and how long Node takes to load it.
 *
 *   npm run -s bench:bundle -- [--rounds 9] [--json]
 *
 * Loads are CPU time, so that a busy machine makes them little longer. Milliseconds are this machine's; `relativeColdLoad` is against a bundle of logger, metrics and one client, loaded in
 * the same rounds, and is what to compare.
 */
import { parseArgs } from 'node:util';
import { table } from '../load/checks.ts';
import { median } from '../load/statistics.ts';
import { measureBundles } from './measure-bundles.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new RangeError(`--rounds takes a whole number from 1, given "${values.rounds}"`);

const measured = await measureBundles(rounds);
if (values.json) console.log(JSON.stringify(measured));
else printTable();

function printTable(): void {
  const handlers = measured.handlers.toSorted((a, b) => b.bundleKiB - a.bundleKiB);
  console.log(table([measured.reference, ...handlers].map((row) => ({ ...row }))));
  const sizes = handlers.map(({ bundleKiB }) => bundleKiB);
  const slowest = Math.max(...handlers.map(({ relativeColdLoad }) => relativeColdLoad));
  console.log(`Largest ${sizes[0]} KiB, median ${median(sizes)} KiB; slowest load ${slowest} times the reference`);
}
