import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleHandler } from '../load/bundle-handler.ts';
import { type ColdLoad, coldLoad } from '../load/cold-load.ts';
import { functionEnvironment } from '../load/environments.ts';
import { type Interval, median, medianInterval95 } from '../load/statistics.ts';
import { COLD_VARIANTS, type ColdVariant } from './cold-variants.ts';

export interface ColdStart {
  readonly variant: string;
  readonly isJudged: boolean;
  readonly bundleKb: number;
  /** Medians over the processes, each of its own; the total is the median of the sums. */
  readonly initMs: number;
  readonly firstRequestMs: number;
  readonly totalMs: number;
  /** Processor time of both, which a busy machine stretches less than the clock's. */
  readonly cpuMs: number;
  /** Median, over the rounds, of the change against the first variant in the same round; negative is less time. */
  readonly changePercent: number;
  /** Where that median lies with 95 % confidence. */
  readonly changePercent95: Interval;
}

/** Rounds before the precision is looked at, and the most there are. */
export interface Rounds {
  readonly minimum: number;
  readonly maximum: number;
}

export interface ColdStartMeasurement {
  readonly coldStarts: readonly ColdStart[];
  readonly rounds: number;
}

/** As wide as the interval of a judged change may be, in percentage points; a busy machine takes more rounds to it. */
const PRECISION_POINTS = 6;

/**
 * Starts each variant in a fresh process a round. Each round begins with another variant, so that a busy machine slows
 * all of them alike and no variant always follows the same other. It goes on until the judged changes are known well
 * enough, whatever they are.
 */
export async function measureColdStarts(
  folder: string,
  dynamoDBUrl: string,
  certificateFile: string,
  { minimum, maximum }: Rounds,
): Promise<ColdStartMeasurement> {
  const bundles = await Promise.all(
    COLD_VARIANTS.map((variant, index) => bundled(variant, join(folder, `${index}.cjs`))),
  );
  const runs = bundles.map((): ColdLoad[] => []);
  let coldStarts: ColdStart[] = [];
  let round = 0;
  while (round < maximum && (round < minimum || !arePrecise(coldStarts))) {
    for (const step of bundles.keys()) {
      const index = (round + step) % bundles.length;
      const { file } = bundles[index]!;
      const settings = { taskRoot: folder, handlerFile: file, certificateFile, dynamoDBUrl };
      runs[index]!.push(await coldLoad(file, functionEnvironment(settings, 'loopback')));
    }
    round += 1;
    coldStarts = COLD_VARIANTS.map((variant, index) =>
      summarize(variant, bundles[index]!.bytes, runs[index]!, runs[0]!),
    );
  }
  return { coldStarts, rounds: round };
}

function arePrecise(coldStarts: readonly ColdStart[]): boolean {
  const judged = coldStarts.filter(({ isJudged }) => isJudged);
  return judged.every(({ changePercent95: { low, high } }) => high - low <= PRECISION_POINTS);
}

function summarize(
  { name, isJudged = false }: ColdVariant,
  bytes: number,
  runs: readonly ColdLoad[],
  plain: readonly ColdLoad[],
): ColdStart {
  const changes = runs.map((run, round) => 100 * (totalOf(run) / totalOf(plain[round]!) - 1));
  return {
    variant: name,
    isJudged,
    bundleKb: bytes / 1_024,
    initMs: median(runs.map((run) => run.initMs)),
    firstRequestMs: median(runs.map((run) => run.firstRequestMs)),
    totalMs: median(runs.map(totalOf)),
    cpuMs: median(runs.map((run) => run.cpuMs)),
    changePercent: median(changes),
    changePercent95: medianInterval95(changes),
  };
}

async function bundled({ source, bundling }: ColdVariant, file: string) {
  const entry = fileURLToPath(new URL(`./variants/${source}.ts`, import.meta.url));
  return { file, bytes: await bundleHandler(entry, file, bundling) };
}

function totalOf(run: ColdLoad): number {
  return run.initMs + run.firstRequestMs;
}
