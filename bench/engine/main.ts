/**
 * `npm run bench:engine`: whole nights with real handlers on the embedded account, one process a night.
 *
 *   npm run -s bench:engine -- [--functions 100,1000,10000] [--seed 1] [--json] [--strict]
 *
 * A measurement, not a gate: it says whether the targets were met and exits 0; with `--strict` it exits 1 when one was
 * missed. A night that breaks an invariant fails either way.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { table } from '../load/checks.ts';
import { rounded } from '../load/statistics.ts';
import { calibrationCpuSeconds } from './calibration.ts';
import { type EngineRow, engineChecks } from './engine-row.ts';
import { fleetSizes } from './fleet-sizes.ts';
import { measureInProcess } from './measure-in-process.ts';

const { values } = parseArgs({
  options: {
    functions: { type: 'string', default: '100,1000,10000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
  },
});

const rows: EngineRow[] = [];
const calibration = calibrationCpuSeconds();
for (const functions of fleetSizes(values.functions)) {
  const row = await measureInProcess(functions, Number(values.seed));
  rows.push({ ...row, relativeCpu: rounded(row.cpuSeconds / calibration, 1) });
}
const checks = engineChecks(rows);
if (values.json) console.log(JSON.stringify({ calibrationCpuSeconds: calibration, rows }));
else printTables();
process.exitCode = values.strict && !checks.every(({ met }) => met) ? 1 : 0;

function printTables(): void {
  console.log('One night, everything proposed is approved (measured)');
  console.log(table(rows.map((row) => ({ ...row }))));
  for (const { name, value, unit, target, met } of checks)
    console.log(`${met ? 'met   ' : 'MISSED'} ${name}: ${value} ${unit} (${target} ${unit})`);
  const load = loadavg()[0] ?? 0;
  console.log(`One calibration took ${rounded(calibration, 2)} s of processor time (bench/engine/calibration.ts).`);
  console.log(
    `Load average ${rounded(load)} on ${availableParallelism()} cores; relativeCpu is the figure to compare.`,
  );
}
