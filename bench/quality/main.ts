/**
 * Measures the recommendations against baselines on measured memory curves (protocol: bench/data/memory-curves).
 *
 *   npm run -s bench:quality -- [--curves DIR | --hold-out group|source] [--json] [--plot FILE]
 *
 * Without --curves the vendored curves, cross-validated: the prior sees no clone of the curve it is scored on, and with
 * `--hold-out source` nothing from the same source. With --curves the shipped prior on the curves of DIR.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { crossValidated, HOLD_OUTS, runBench, shippedPrior } from './bench.ts';
import { loadCurves, VENDORED_CURVES } from './curves.ts';
import { regretPlot } from './plot.ts';
import { reportTable } from './table.ts';

const { values } = parseArgs({
  options: {
    curves: { type: 'string' },
    'hold-out': { type: 'string' },
    json: { type: 'boolean' },
    plot: { type: 'string' },
  },
});
const holdOut = HOLD_OUTS.find((each) => each === (values['hold-out'] ?? 'group'));
if (holdOut === undefined)
  throw new RangeError(`--hold-out: given ${values['hold-out']}, allowed are ${HOLD_OUTS.join(', ')}`);

const curves = loadCurves(values.curves ?? VENDORED_CURVES);
const report = runBench(curves, values.curves === undefined ? crossValidated(curves, holdOut) : shippedPrior);
console.log(values.json === true ? JSON.stringify(report) : reportTable(report));
if (values.plot !== undefined) {
  mkdirSync(dirname(values.plot), { recursive: true });
  const rows = report.rows.filter((row) => row.strategy === 'balanced' && row.weightOrGuard === 0.5);
  writeFileSync(values.plot, regretPlot(rows));
}
