import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Command } from 'commander';
import { productOperations } from './product-operations.ts';
import type { SeedResult } from './run-seed.ts';
import { type FaultSummary, summarize, uncovered } from './summary.ts';

/**
 * `npm run -s bench:faults`: seeded nights, incidents and configurations of the deployed product, with faults at every
 * call of AWS, and what must hold whatever happens, judged from outside. A failing seed is played alone by
 * `--seed <n> --runs 1`. Ends with 1 if anything was violated.
 */
enableCompileCache();

const options = new Command('bench:faults')
  .option('--runs <n>', 'seeds to play', Number, 40)
  .option('--seed <n>', 'first seed', Number, 1)
  .option('--threads <n>', 'threads to play them on', Number, Math.min(2, availableParallelism()))
  .option('--sabotage', 'break the product on purpose instead, and see whether each time a rule notices', false)
  .option('--json', 'print one JSON object and nothing else', false)
  .parse()
  .opts<{ runs: number; seed: number; threads: number; sabotage: boolean; json: boolean }>();

if (options.sabotage) await proveRules();
else await playSeeds();

async function playSeeds(): Promise<void> {
  const results = await play();
  const operations = productOperations();
  const summary = summarize(results, operations);
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else print(summary, uncovered(results, operations));
  process.exitCode = summary.violations.length === 0 ? 0 : 1;
}

/** A rule that cannot fail proves nothing. */
async function proveRules(): Promise<void> {
  const { runSabotages } = await import('./run-sabotages.ts');
  const sabotages = await runSabotages();
  const isProven = sabotages.every(({ sabotage, caught }) => caught !== sabotage.startsWith('nothing'));
  if (options.json) process.stdout.write(`${JSON.stringify({ sabotages })}\n`);
  else for (const { sabotage, by } of sabotages) process.stdout.write(`${sabotage}: ${by}\n`);
  process.exitCode = isProven ? 0 : 1;
}

/** Each thread takes the next seed when it is done with one: what a seed does depends on no other. */
async function play(): Promise<SeedResult[]> {
  const seeds = Array.from({ length: options.runs }, (_, at) => options.seed + at);
  const played: SeedResult[] = [];
  await Promise.all(Array.from({ length: Math.min(options.threads, options.runs) }, () => thread(seeds, played)));
  return played.toSorted((a, b) => a.seed - b.seed);
}

async function thread(seeds: number[], played: SeedResult[]): Promise<void> {
  const worker = new Worker(path.join(import.meta.dirname, 'seed-thread.ts'));
  for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
    worker.postMessage(seed);
    const [result] = (await once(worker, 'message')) as [SeedResult];
    played.push(result);
    tell(result);
  }
  await worker.terminate();
}

function tell({ seed, scenario, seconds, violations }: SeedResult): void {
  if (options.json) return;
  const held = violations.length === 0 ? 'holds' : ['DOES NOT HOLD', ...violations].join('\n  ');
  process.stderr.write(`seed ${seed}, ${scenario} (${seconds} s): ${held}\n`);
}

function print(
  { runs, faultsInjected, operationsCovered, operationsTotal, crashPoints, violations }: FaultSummary,
  missing: readonly string[],
): void {
  const lines = [
    `${runs} runs, ${violations.length} violations`,
    ...Object.entries(faultsInjected).map(([kind, count]) => `  ${kind}: ${count}`),
    `${operationsCovered} of ${operationsTotal} operations hit by at least three kinds of faults`,
    ...missing.map((each) => `  not yet: ${each}`),
    `tasks killed at ${crashPoints} different places`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
