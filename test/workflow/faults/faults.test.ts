import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { FAULT_KINDS } from '../../../bench/faults/fault-kinds.ts';
import type { SabotageResult } from '../../../bench/faults/run-sabotages.ts';
import type { FaultSummary } from '../../../bench/faults/summary.ts';

/** A slice of `npm run bench:faults`, in processes of its own: handlers are loaded anew for every run there. */
const ROOT = path.join(import.meta.dirname, '../../..');
/** Under half a minute on two idle cores; a busy machine needs many times that. */
const PATIENCE_MS = 600_000;
/** As many as hold every scenario in every round. */
const RUNS = 40;
/** From here on chance leaves out no operation; an incident of which there is one in forty runs may end before it is asked about. */
const SEED = 161;

async function faults<Output>(...argv: string[]): Promise<Output> {
  const node = path.join(ROOT, 'node_modules/.bin/node');
  const { stdout } = await promisify(execFile)(node, ['bench/faults/main.ts', '--json', ...argv], { cwd: ROOT }).catch(
    // Violations end it with 1; what they are stands in its output.
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  return JSON.parse(stdout) as Output;
}

it(
  'holds through nights, incidents and configurations in which every call of AWS fails in several ways',
  async () => {
    const summary = await faults<FaultSummary>('--runs', String(RUNS), '--seed', String(SEED));

    expect(summary.violations).toEqual([]);
    expect(summary.runs).toBe(RUNS);
    expect(summary.operationsCovered).toBe(summary.operationsTotal);
    expect(summary.operationsTotal).toBeGreaterThan(55);
    expect(summary.crashPoints).toBeGreaterThan(20);
    const never = FAULT_KINDS.filter((kind) => summary.faultsInjected[kind] === 0);
    expect(never).toEqual([]);
  },
  PATIENCE_MS,
);

it(
  'would notice: each way to break the product is told by a rule, and the sound product by none',
  async () => {
    const { sabotages } = await faults<{ sabotages: SabotageResult[] }>('--sabotage');

    expect(sabotages.length).toBeGreaterThan(15);
    expect(sabotages.filter(({ caught }) => !caught).map(({ sabotage }) => sabotage)).toEqual([
      'nothing',
      'nothing over places',
    ]);
  },
  PATIENCE_MS,
);
