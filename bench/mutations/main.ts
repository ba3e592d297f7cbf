import path from 'node:path';
import { Command } from 'commander';
import { BREAKAGES, type Breakage } from './breakages.ts';
import { findSpot, plant } from './plant.ts';
import { runTests } from './run-tests.ts';
import { makeScratchCopy } from './scratch-copy.ts';

/**
 * `npm run -s test:mutations`: breaks one promise of the product after the other, in a copy of the sources, and looks
 * whether a test notices. Ends with 1 if a breakage survives, or if it cannot be planted any more.
 */
interface Row {
  breakage: string;
  caught: boolean;
  /** The test that noticed, or what kept the breakage from being judged. */
  by: string;
  seconds: number;
}

const ROOT = path.join(import.meta.dirname, '../..');

const options = new Command('test:mutations')
  .option('--only <text>', 'only breakages whose name holds the text', '')
  .option('--json', 'print one JSON object and nothing else', false)
  .parse()
  .opts<{ only: string; json: boolean }>();

const chosen = BREAKAGES.filter(({ name }) => name.includes(options.only));
if (chosen.length === 0) throw new RangeError(`no breakage's name holds "${options.only}"`);
// All of them before the first is planted: a list that has rotted is told at once.
for (const breakage of chosen) findSpot(ROOT, breakage);

const scratch = makeScratchCopy(ROOT);
process.once('exit', scratch.remove);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

await expectSoundTests();
const rows: Row[] = [];
for (const breakage of chosen) {
  const row = await judge(breakage);
  rows.push(row);
  say(`${row.caught ? 'caught  ' : 'SURVIVED'} ${row.breakage} (${row.seconds} s): ${row.by}`);
}
const survivors = rows.filter(({ caught }) => !caught).map(({ breakage }) => breakage);
say(`${rows.length - survivors.length} of ${rows.length} breakages caught`);
if (options.json) process.stdout.write(`${JSON.stringify({ breakages: rows, survivors })}\n`);
process.exitCode = survivors.length === 0 ? 0 : 1;

/** A test that fails anyway would catch everything. */
async function expectSoundTests(): Promise<void> {
  const { firstFailure, unloadable, passed, seconds } = await runTests(scratch.root, [
    ...new Set(chosen.flatMap(({ tests }) => tests)),
  ]);
  const trouble = firstFailure ?? unloadable[0] ?? (passed === 0 ? 'no test ran' : undefined);
  if (trouble !== undefined) throw new Error(`the tests must pass before anything is broken: ${trouble}`);
  say(`${passed} tests pass with nothing broken (${seconds} s)`);
}

async function judge(breakage: Breakage): Promise<Row> {
  const mend = plant(scratch.root, findSpot(scratch.root, breakage));
  const { firstFailure, unloadable, seconds } = await runTests(scratch.root, breakage.tests);
  mend();
  const by = firstFailure ?? unloadable[0] ?? 'no test noticed';
  return { breakage: breakage.name, caught: firstFailure !== undefined, by, seconds };
}

function say(line: string): void {
  if (!options.json) process.stdout.write(`${line}\n`);
}
