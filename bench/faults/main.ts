import { spawn } from 'node:child_process';
import path from 'node:path';
import Table from 'cli-table3';
import { Command } from 'commander';

/**
 * `npm run -s bench:faults`: a week with everything going wrong, for one seed after another, each in a process of its
 * own. A seed holds when something was applied, rolled back and failed, and no invariant was violated.
 */
interface SeedRow {
  seed: number;
  applied: number;
  rolledBack: number;
  failed: number;
  invariantViolations: number;
  seconds: number;
  holds: boolean;
}

interface DemoOutput {
  nights: { applied: number; rolledBack: number; failed: number }[];
  invariantViolations: number;
}

const DEMO = path.join(import.meta.dirname, '../../sandbox/demos/night/main.ts');

const options = new Command('bench:faults')
  .option('--from <seed>', 'first seed', Number, 1)
  .option('--to <seed>', 'last seed', Number, 20)
  .option('--functions <n>', 'functions in the account', Number, 200)
  .option('--nights <n>', 'nights per seed', Number, 7)
  .option('--json', 'print one JSON object and nothing else', false)
  .parse()
  .opts<{ from: number; to: number; functions: number; nights: number; json: boolean }>();

const rows: SeedRow[] = [];
for (let seed = options.from; seed <= options.to; seed += 1) {
  const row = await runSeed(seed);
  rows.push(row);
  if (!options.json)
    process.stderr.write(`seed ${seed}: ${row.holds ? 'holds' : 'DOES NOT HOLD'} (${row.seconds} s)\n`);
}
if (options.json) process.stdout.write(`${JSON.stringify({ rows })}\n`);
else printTable(rows);
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1;

async function runSeed(seed: number): Promise<SeedRow> {
  const startMs = performance.now();
  const { nights, invariantViolations } = JSON.parse(await runDemo(seed)) as DemoOutput;
  const total = (of: 'applied' | 'rolledBack' | 'failed') => nights.reduce((sum, night) => sum + night[of], 0);
  const [applied, rolledBack, failed] = [total('applied'), total('rolledBack'), total('failed')];
  const seconds = Math.round((performance.now() - startMs) / 100) / 10;
  const holds = applied > 0 && rolledBack > 0 && failed > 0 && invariantViolations === 0;
  return { seed, applied, rolledBack, failed, invariantViolations, seconds, holds };
}

/** The demo's JSON; its exit code says no more than the violations it counts. */
async function runDemo(seed: number): Promise<string> {
  const { functions, nights } = options;
  const argv = [
    DEMO,
    '--functions',
    functions,
    '--nights',
    nights,
    '--seed',
    seed,
    '--approve',
    'all',
    '--faults',
    '--json',
  ];
  const demo = spawn(process.execPath, argv.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  for await (const chunk of demo.stdout) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function printTable(all: readonly SeedRow[]): void {
  const head = ['seed', 'applied', 'rolled back', 'failed', 'violations', 'seconds'];
  const table = new Table({ head, style: { head: [], border: [], compact: true }, colAligns: head.map(() => 'right') });
  for (const row of all)
    table.push([row.seed, row.applied, row.rolledBack, row.failed, row.invariantViolations, row.seconds]);
  process.stdout.write(`${table.toString()}\n`);
}
