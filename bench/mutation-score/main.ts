import path from 'node:path';
import { Command } from 'commander';
import { BESIDE, DOMAIN, DOMAIN_FLOOR_PERCENT, type Scope } from './folders.ts';
import { runStryker } from './run-stryker.ts';
import { percentOf, type Score, scoreOf, sumOf } from './score.ts';

/**
 * `npm run -s test:mutations:weekly`: changes every line of `shared/domain`, the page and the ledger in every way Stryker
 * knows, folder by folder, and counts what their tests notice. Ends with 1 below a floor.
 */
const ROOT = path.join(import.meta.dirname, '../..');

const options = new Command('test:mutations:weekly')
  .option('--only <text>', 'only folders whose name holds the text', '')
  .option('--survivors', 'name every mutant that no test noticed', false)
  .option('--json', 'print one JSON object and nothing else', false)
  .parse()
  .opts<{ only: string; survivors: boolean; json: boolean }>();

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const chosen = (scopes: readonly Scope[]) => scopes.filter(({ name }) => name.includes(options.only));
if (chosen([...DOMAIN, ...BESIDE]).length === 0) throw new RangeError(`no folder's name holds "${options.only}"`);

const domain = await scoresOf(chosen(DOMAIN));
const whole = sumOf([...domain.values()]);
const isWhole = domain.size === DOMAIN.length;
if (isWhole) tell('shared/domain', whole);
const beside = await scoresOf(chosen(BESIDE));

const floors = [
  ...(isWhole ? [{ name: 'shared/domain', floorPercent: DOMAIN_FLOOR_PERCENT }] : []),
  ...DOMAIN,
  ...BESIDE,
];
const scores = new Map<string, Score>([...domain, ...beside, ...(isWhole ? [['shared/domain', whole] as const] : [])]);
const below = floors.filter(({ name, floorPercent }) => {
  const score = scores.get(name);
  return score !== undefined && percentOf(score) < floorPercent;
});
for (const { name, floorPercent } of below) say(`${name} is below its floor of ${floorPercent} %`);
if (options.json) {
  const rows = [...scores].map(([name, score]) => ({ name, percent: percentOf(score), ...score }));
  process.stdout.write(`${JSON.stringify({ scores: rows, below: below.map(({ name }) => name) })}\n`);
}
process.exitCode = below.length === 0 ? 0 : 1;

async function scoresOf(scopes: readonly Scope[]): Promise<Map<string, Score>> {
  const found = new Map<string, Score>();
  for (const scope of scopes) {
    const score = scoreOf(await runStryker(ROOT, scope));
    found.set(scope.name, score);
    tell(scope.name, score);
    if (options.survivors) for (const each of score.survivors) say(`  ${each}`);
  }
  return found;
}

function tell(name: string, score: Score): void {
  say(`${percentOf(score).toFixed(1).padStart(5)} % ${name} (${score.noticed} of ${score.total} mutants noticed)`);
}

function say(line: string): void {
  if (!options.json) process.stdout.write(`${line}\n`);
}
