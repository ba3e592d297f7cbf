/**
 * `npm run -s bench:attention`: what a week of nights asks of people, for three seeds of the demo.
 *
 *   npm run -s bench:attention -- [--seeds 1,2,3] [--functions 200] [--nights 7] [--json]
 *
 * Each seed runs twice, in processes of their own: under the default policy, and with attention for nothing (every
 * difference is asked about, as often as it takes). A night that breaks an invariant fails the bench.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { PROPOSALS_MAX } from '../../shared/contracts/default-policy.ts';
import type { RunPolicy } from '../../shared/contracts/run.ts';
import { table } from '../load/checks.ts';
import { type AttentionRow, attentionRow } from './attention-row.ts';
import type { SeedOptions, SeedRun } from './run-seed.ts';

const SEED_PROCESS = path.join(import.meta.dirname, 'seed-process.ts');
/** A run's proposals with their curves are a few megabytes. */
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;
const ATTENTION_FOR_NOTHING: Partial<RunPolicy> = { minimumSavingsUsdPerMonth: 0, maximumProposals: PROPOSALS_MAX };

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    functions: { type: 'string', default: '200' },
    nights: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});
const [functions, nights] = [Number(values.functions), Number(values.nights)];

const rows: AttentionRow[] = [];
for (const seed of values.seeds.split(',').map(Number)) {
  const [priced, unpriced] = await Promise.all([
    runInProcess({ seed, functions, nights, policy: {} }),
    runInProcess({ seed, functions, nights, policy: ATTENTION_FOR_NOTHING }),
  ]);
  rows.push(attentionRow(seed, priced, unpriced));
}
console.log(values.json ? JSON.stringify({ rows }) : table(rows.map((row) => ({ ...row }))));

async function runInProcess(options: SeedOptions): Promise<SeedRun> {
  const argv = [SEED_PROCESS, JSON.stringify(options)];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { maxBuffer: MOST_OUTPUT_BYTES });
  const run = JSON.parse(stdout) as SeedRun;
  if (run.violations.length > 0) throw new Error(`the nights of seed ${options.seed}: ${run.violations.join('; ')}`);
  return run;
}
