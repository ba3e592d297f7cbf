import path from 'node:path';
import { Command } from 'commander';
import { BESIDE, DOMAIN, DOMAIN_FLOOR_PERCENT, type Scope } from './folders.ts';
import { runStryker } from './run-stryker.ts';
import { percentOf, type Score, scoreOf, sumOf } from './score.ts';

/**
 * `npm run -s test:mutations:weekly`: changes every line of `shared/domain`, the page and the ledger in every way Stryker
 * knows, folder by folder, and counts what their tests notice. Ends with 1 where `shared/domain` is below its floor.
 */
const ROOT = path.join(import.meta.dirname, '../..');

const options = new Command('test:mutations:weekly')
  .option('--only <text>', 'only folders whose name holds the text', '')
  .option('--survivors', 'name every mutant that no test noticed', false)
  .option('--json', 'print one JSON object and nothing else', false)
  .parse()
  .opts<{ only: string; survivors: boolean; json: boolean }>();

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const isChosen = ({ name }: Scope) => name.includes(options.only);
if (![...DOMAIN, ...BESIDE].some(isChosen)) throw new RangeError(`no folder's name holds "${options.only}"`);

const domain = await scoresOf(DOMAIN.filter(isChosen));
const whole = sumOf([...domain.values()]);
if (domain.size > 1) tell('shared/domain, as far as it was run', whole);
const beside = await scoresOf(BESIDE.filter(isChosen));

const percent = percentOf(whole);
const isBelow = percent < DOMAIN_FLOOR_PERCENT;
if (isBelow) say(`${percent} % is below the floor of ${DOMAIN_FLOOR_PERCENT} %`);
if (options.json) {
  const scores = [...domain, ...beside].map(([name, score]) => ({ name, percent: percentOf(score), ...score }));
  process.stdout.write(`${JSON.stringify({ domainPercent: percent, isBelow, scores })}\n`);
}
process.exitCode = isBelow ? 1 : 0;

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
