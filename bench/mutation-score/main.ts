import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { BESIDE, DOMAIN, DOMAIN_FLOOR_PERCENT, type Scope } from './folders.ts';
import { runStryker } from './run-stryker.ts';
import { samplingErrorPercent, WHOLE } from './sample.ts';
import { percentOf, type Score, scoreOf, sumOf } from './score.ts';

/**
 * `npm run -s test:mutations:weekly`: changes every line of `shared/domain`, the page and the ledger in every way Stryker
 * knows, folder by folder, and counts what their tests notice. Ends with 1 where `shared/domain` is below its floor.
 */
const ROOT = path.join(import.meta.dirname, '../..');

const options = new Command('test:mutations:weekly')
  .option('--only <text>', 'only the folder of that name, or those whose names hold the text', '')
  .option(
    '--sample <percent>',
    'draw so many of a hundred mutants, and say how far off that may be',
    percentage,
    WHOLE.percent,
  )
  .option('--seed <number>', 'which mutants are drawn', Number, WHOLE.seed)
  .option('--survivors', 'name every mutant that no test noticed', false)
  .option('--json', 'print one JSON object and nothing else', false)
  .parse()
  .opts<{ only: string; sample: number; seed: number; survivors: boolean; json: boolean }>();
const sample = { percent: options.sample, seed: options.seed };

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const scopes = [...DOMAIN, ...BESIDE];
const isName = scopes.some(({ name }) => name === options.only);
const isChosen = ({ name }: Scope) => (isName ? name === options.only : name.includes(options.only));
if (!scopes.some(isChosen)) throw new RangeError(`no folder's name holds "${options.only}"`);

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
    const score = scoreOf(await runStryker(ROOT, scope, sample), sample);
    found.set(scope.name, score);
    tell(scope.name, score);
    if (options.survivors) for (const each of score.survivors) say(`  ${each}`);
  }
  return found;
}

function tell(name: string, score: Score): void {
  const drawn = sample.percent < WHOLE.percent ? `, ${sample.percent} % drawn by seed ${sample.seed}` : '';
  const error = drawn && ` ± ${samplingErrorPercent(score).toFixed(1)}`;
  say(
    `${percentOf(score).toFixed(1).padStart(5)}${error} % ${name} (${score.noticed} of ${score.total} mutants noticed${drawn})`,
  );
}

function percentage(text: string): number {
  const given = Number(text);
  if (!(given > 0 && given <= WHOLE.percent))
    throw new InvalidArgumentError('more than 0 and at most 100 are allowed.');
  return given;
}

function say(line: string): void {
  if (!options.json) process.stdout.write(`${line}\n`);
}
