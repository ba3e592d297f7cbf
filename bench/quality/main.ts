/**
 * Measures the recommendations against baselines on measured memory curves (protocol: bench/data/memory-curves).
 *
 *   npm run -s bench:quality -- [--curves DIR] [--json] [--plot FILE]
 *
 * Without --curves the vendored curves, cross-validated by group; with it the shipped prior on the curves of DIR.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { crossValidated, runBench, shippedPrior } from './bench.ts';
import { loadCurves, VENDORED_CURVES } from './curves.ts';
import { regretPlot } from './plot.ts';
import { reportTable } from './table.ts';

const { values } = parseArgs({
  options: { curves: { type: 'string' }, json: { type: 'boolean' }, plot: { type: 'string' } },
});

const curves = loadCurves(values.curves ?? VENDORED_CURVES);
const report = runBench(curves, values.curves === undefined ? crossValidated(curves) : shippedPrior);
console.log(values.json === true ? JSON.stringify(report) : reportTable(report));
if (values.plot !== undefined) {
  mkdirSync(dirname(values.plot), { recursive: true });
  const rows = report.rows.filter((row) => row.strategy === 'balanced' && row.weightOrGuard === 0.5);
  writeFileSync(values.plot, regretPlot(rows));
}
