import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleHandler } from '../load/bundle-handler.ts';
import { type ColdLoad, coldLoad } from '../load/cold-load.ts';
import { functionEnvironment } from '../load/environments.ts';
import { median } from '../load/statistics.ts';

/** One way to write and bundle the example. */
interface Variant {
  readonly name: string;
  readonly source: string;
  readonly pooled: boolean;
  readonly lambdaCredentials?: boolean;
}

/** The first is what the others are compared with. */
const VARIANTS: readonly Variant[] = [
  { name: 'no pool (three SDKs imported, client made in the request)', source: 'no-pool', pooled: false },
  { name: 'no pool, by hand: one SDK, one client', source: 'one-sdk', pooled: false },
  { name: 'pool, eager (three clients made while loading)', source: 'eager-pool', pooled: true },
  { name: 'pool, lazy', source: 'lazy-pool', pooled: true },
  { name: 'pool, lazy, pre-initialized', source: 'pre-initialized-pool', pooled: true },
  { name: 'pool, lazy, Lambda credentials', source: 'lazy-pool', pooled: true, lambdaCredentials: true },
  {
    name: 'pool, lazy, Lambda credentials, pre-initialized',
    source: 'pre-initialized-pool',
    pooled: true,
    lambdaCredentials: true,
  },
];

export interface ColdStart {
  readonly variant: string;
  readonly pooled: boolean;
  readonly bundleKb: number;
  /** Medians over the processes, each of its own; the total is the median of the sums. */
  readonly initMs: number;
  readonly firstRequestMs: number;
  readonly totalMs: number;
  /** Processor time of both, which a busy machine stretches less than the clock's. */
  readonly cpuMs: number;
  /** Median, over the rounds, of the change against the first variant in the same round; negative is less time. */
  readonly changePercent: number;
}

/** Starts each variant in `processes` fresh processes, in turns, so that a busy machine slows all of them alike. */
export async function measureColdStarts(
  folder: string,
  dynamoDBUrl: string,
  certificateFile: string,
  processes: number,
): Promise<ColdStart[]> {
  const bundles = await Promise.all(VARIANTS.map((variant, index) => bundled(variant, join(folder, `${index}.cjs`))));
  const runs = bundles.map((): ColdLoad[] => []);
  for (let round = 0; round < processes; round++) {
    for (const [index, { file }] of bundles.entries()) {
      const settings = { taskRoot: folder, handlerFile: file, certificateFile, dynamoDBUrl };
      runs[index]!.push(await coldLoad(file, functionEnvironment(settings, 'loopback')));
    }
  }
  return VARIANTS.map(({ name, pooled }, index) => ({
    variant: name,
    pooled,
    bundleKb: bundles[index]!.bytes / 1_024,
    initMs: median(runs[index]!.map((run) => run.initMs)),
    firstRequestMs: median(runs[index]!.map((run) => run.firstRequestMs)),
    totalMs: median(runs[index]!.map(totalOf)),
    cpuMs: median(runs[index]!.map((run) => run.cpuMs)),
    changePercent: median(runs[index]!.map((run, round) => 100 * (totalOf(run) / totalOf(runs[0]![round]!) - 1))),
  }));
}

async function bundled({ source, lambdaCredentials = false }: Variant, file: string) {
  const entry = fileURLToPath(new URL(`./variants/${source}.ts`, import.meta.url));
  return { file, bytes: await bundleHandler(entry, file, { lambdaCredentials }) };
}

function totalOf(run: ColdLoad): number {
  return run.initMs + run.firstRequestMs;
}
