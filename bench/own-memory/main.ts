/**
 * `npm run bench:own-memory`: which memory size our own model recommends for each of our own tasks.
 *
 *   npm run -s bench:own-memory -- [--functions 1000,10000] [--occasions night,remediation] [--committed] [--write] [--json]
 *
 * Records what tasks are asked and what AWS answers them, runs it once more in fresh processes with the deployed
 * bundles, and asks the model that decides about customers' functions. `--committed` asks about the measurement in
 * profile.json and measures nothing; `--write` puts a new one there. docs/cost.md says what it rests on.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { OVERRULED } from '../../infra/constructs/task-memory.ts';
import { fleetSizes } from '../engine/fleet-sizes.ts';
import { table } from '../load/checks.ts';
import { rounded } from '../load/statistics.ts';
import { measureOwnMemory } from './measure.ts';
import { OCCASIONS } from './occasions.ts';
import { type OwnMemoryRow, ownMemoryRow } from './own-memory-row.ts';
import { type OwnMemoryProfile, RUNTIME_MEMORY_MB } from './task-profile.ts';
import { memorySettingsOf } from './task-settings.ts';

const PROFILE_FILE = path.join(import.meta.dirname, 'profile.json');

const ASSUMES = {
  cpu: 'a core of this machine is a vCPU of Lambda; a size below 1,769 MB gets its share, waiting is the same at any size',
  init: "billed; 400 ms as in the bill of a night, or what the size's share of a CPU makes of the measured time where that is longer",
  waiting: 'latencies of calls as in sandbox/metering/call-latencies.ts, pacing and polling in virtual time',
  notMeasured: 'TLS, the network, X-Ray; answers come from files where a request would leave the process',
  memory: `peak resident memory of the process, and ${RUNTIME_MEMORY_MB} MB for the runtime and X-Ray's daemon`,
  traffic: 'two nights of 5 % proposed, three of five approved; an incident a day; each configuration workflow weekly',
  policy:
    "the defaults for customers' functions: cost, at most 10 % slower than the baseline size; balanced where a person waits",
};

const { values } = parseArgs({
  options: {
    functions: { type: 'string', default: '1000,10000' },
    occasions: { type: 'string', default: OCCASIONS.map(({ name }) => name).join(',') },
    committed: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (values.committed && values.write)
  throw new RangeError('--write puts down what is measured, and --committed measures nothing');

const former = JSON.parse(readFileSync(PROFILE_FILE, 'utf8')) as OwnMemoryProfile;
const profile = values.committed
  ? former
  : await measureOwnMemory({
      functions: fleetSizes(values.functions).toSorted((one, other) => one - other),
      occasions: occasionsIn(values.occasions),
      former,
      progress: (text) => process.stderr.write(`${text}\n`),
    });
if (values.write) writeFileSync(PROFILE_FILE, `${JSON.stringify(profile, undefined, 2)}\n`);

const settings = memorySettingsOf();
const overruled: Readonly<Record<string, string>> = OVERRULED;
const tasks = Object.entries(profile).map(([task, each]) =>
  ownMemoryRow(task, each, settings.get(task)!, overruled[task]),
);
const notMeasured = [...settings.keys()].filter((task) => profile[task] === undefined);
if (values.json) console.log(JSON.stringify({ tasks, notMeasured, assumes: ASSUMES }));
else printTable();

function occasionsIn(text: string): string[] {
  const known = OCCASIONS.map(({ name }) => name);
  const given = text.split(',');
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return given;
  throw new RangeError(`--occasions takes names out of ${known.join(', ')}, given "${unknown.join(', ')}"`);
}

function printTable(): void {
  console.log(table(tasks.map(({ reason: _, ...figures }) => ({ ...figures, ...textual(figures) }))));
  for (const { task, reason } of tasks) console.log(`${task}: ${reason}`);
  for (const task of notMeasured)
    console.log(`${task}: not measured, ${settings.get(task)!.memorySizeMb} MB, ${overruled[task]}`);
  const total = (item: 'usdPerMonthNow' | 'usdPerMonthRecommended') =>
    rounded(
      tasks.reduce((sum, each) => sum + each[item], 0),
      2,
    );
  console.log(`${total('usdPerMonthNow')} USD a month as deployed, ${total('usdPerMonthRecommended')} as recommended`);
  for (const [what, assumption] of Object.entries(ASSUMES)) console.log(`${what}: ${assumption}`);
}

/** A cell is a number or a text. */
function textual({ warmP50Ms, warmP99Ms, fitsFunctions }: Omit<OwnMemoryRow, 'reason'>) {
  return { warmP50Ms: warmP50Ms ?? '–', warmP99Ms: warmP99Ms ?? '–', fitsFunctions: fitsFunctions ?? 'any' };
}
