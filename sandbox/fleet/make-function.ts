import { type MeasuredCurve, meanDurationMs } from './curve-library.ts';
import type { FleetFunction, FunctionKind, FunctionLogging } from './fleet-function.ts';
import { functionIdentity } from './names.ts';
import type { SeededStream } from './noise.ts';
import { Timeline } from './timeline.ts';
import { HOUR_MS, type TrafficPattern, type TrafficProfile } from './traffic.ts';

const DAY_MS = 24 * HOUR_MS;

/**
 * Sizes as configured, an assumption: published surveys find about half of all functions at the 128 MB default and
 * most of the rest at powers of two picked by habit. Sizes outside the curve's measured range or too small for the
 * function's memory are skipped, which shifts the weight upwards.
 */
const CONFIGURED_SIZES_MB = [
  [128, 26],
  [256, 15],
  [512, 20],
  [1024, 22],
  [1536, 5],
  [2048, 6],
  [3008, 5],
  [4096, 0.7],
  [10240, 0.3],
] as const;

/** Timeouts people choose; the smallest above what the function needs is taken most often. */
const CONFIGURED_TIMEOUTS_S = [3, 6, 10, 15, 30, 60, 120, 300, 900];

const PATTERNS = [
  ['office', 34],
  ['consumer', 22],
  ['flat', 20],
  ['nightly', 9],
  ['weekend', 3],
  ['monthEnd', 4],
  ['idle', 8],
] as const satisfies readonly (readonly [TrafficPattern, number])[];

/** Median and log-spread of invocations a day: one in 40 sees fewer than ten a day, one in 1,000 a hundred a second. */
const MEDIAN_INVOCATIONS_PER_DAY = 1_500;
const LOG_SPREAD_OF_VOLUME = 2.6;
const LEAST_INVOCATIONS_PER_DAY = 1;
const MOST_INVOCATIONS_PER_DAY = 40_000_000;
/** Mean concurrency that a single function may reach at its initial size. */
const MOST_MEAN_CONCURRENCY = 25;

/** Runtime → [weight, typical init in ms]. Init figures are orders of magnitude seen in public cold-start tables. */
const RUNTIMES = [
  [['nodejs22.x', 250], 26],
  [['nodejs24.x', 240], 10],
  [['python3.12', 220], 22],
  [['python3.13', 220], 14],
  [['java21', 2_600], 9],
  [['dotnet8', 900], 6],
  [['provided.al2023', 70], 9],
  [['ruby3.4', 400], 4],
] as const satisfies readonly (readonly [readonly [string, number], number])[];

const DEPRECATED_RUNTIMES = ['nodejs12.x', 'python3.6', 'dotnetcore3.1'];

export interface FleetOrigin {
  readonly startMs: number;
  readonly accountId: string;
  readonly region: string;
  /** Share of functions that nobody calls. @default - as PATTERNS has it */
  readonly idleShare?: number;
}

/** Functions on Managed Instances have 2 GB at least. */
const LEAST_MANAGED_INSTANCES_MB = 2_048;

/** Everything about one function, drawn from its own stream: adding a function changes no other. */
export function makeFunction(
  random: SeededStream,
  ordinal: number,
  kind: FunctionKind,
  curve: MeasuredCurve,
  origin: FleetOrigin,
): FleetFunction {
  const identity = functionIdentity(random, ordinal, origin.accountId, origin.region);
  const [runtime, typicalInitMs] = random.weighted<readonly [string, number]>(RUNTIMES);
  const drawn = drawMemory(random, curve);
  const { maxMemoryUsedMb } = drawn;
  const memorySizeMb =
    kind === 'managedInstances' ? Math.max(drawn.memorySizeMb, LEAST_MANAGED_INSTANCES_MB) : drawn.memorySizeMb;
  const createdAtMs = origin.startMs - Math.round(drawAgeDays(random) * DAY_MS);
  const traffic = drawTraffic(random, kind, meanDurationMs(curve, memorySizeMb), origin.idleShare);
  const timeoutS = drawTimeout(random, meanDurationMs(curve, memorySizeMb));
  const reservedConcurrency = kind === 'reservedZero' ? 0 : undefined;
  const name = kind === 'edgeReplica' ? `us-east-1.${identity.name}` : identity.name;
  const timeline = new Timeline({
    fromMs: createdAtMs,
    parts: [{ weight: 1, memorySizeMb, timeoutS, version: kind === 'aliasPinned' ? '1' : '$LATEST' }],
    durationFactor: 1,
    extraErrorRate: 0,
    reservedConcurrency,
    leakMbPerHour: 0,
    freshSinceMs: createdAtMs,
    deleted: false,
  });
  return {
    name,
    kind,
    curve,
    createdAtMs,
    maxMemoryUsedMb,
    traffic,
    timeline,
    seed: random.next(),
    runtime: drawRuntime(random, kind, runtime),
    architecture: curve.architecture,
    initialMemorySizeMb: memorySizeMb,
    initialTimeoutS: timeoutS,
    ephemeralStorageMb: random.chance(0.03) ? 2048 : 512,
    tailSigma: random.pick([0.05, 0.1, 0.2, 0.3, 0.4, 0.6]),
    baseErrorRate: random.chance(0.55) ? 0 : Math.exp(-9 + 5 * random.uniform()),
    coldStartShare: coldStartShare(traffic.invocationsPerHour),
    initDurationMs: typicalInitMs * Math.exp(0.35 * random.normal()),
    logging: drawLogging(random, kind, name),
    tags: kind === 'optedOut' ? { ...identity.tags, 'rightsizer:exclude': 'true' } : identity.tags,
    lambdaInsights: random.chance(0.03),
  };
}

function drawRuntime(random: SeededStream, kind: FunctionKind, runtime: string): string | undefined {
  if (kind === 'image') return undefined;
  return kind === 'deprecatedRuntime' ? random.pick(DEPRECATED_RUNTIMES) : runtime;
}

/**
 * The curve's own memory for most; two in five hold a working set on top (log-normal around 100 MB). One in fifty sits
 * close to its limit. Sizes below what is used cannot have been chosen by anyone whose function runs.
 */
function drawMemory(random: SeededStream, curve: MeasuredCurve): { memorySizeMb: number; maxMemoryUsedMb: number } {
  const smallest = curve.sizes[0]!.memorySizeMb;
  const largest = curve.sizes.at(-1)!.memorySizeMb;
  const workingSetMb = random.chance(0.4) ? 100 * Math.exp(0.8 * random.normal()) : 0;
  const wanted = Math.min(Math.round(curve.maxMemoryUsedMb + workingSetMb), Math.floor(largest * 0.7));
  const fits = CONFIGURED_SIZES_MB.filter(([size]) => size >= smallest && size <= largest && size * 0.95 >= wanted);
  const memorySizeMb = fits.length > 0 ? random.weighted(fits) : largest;
  const isTight = random.chance(0.02);
  return { memorySizeMb, maxMemoryUsedMb: isTight ? Math.round(memorySizeMb * 0.96) : wanted };
}

/** Most functions are old; one in twelve is younger than a fortnight. */
function drawAgeDays(random: SeededStream): number {
  return random.chance(0.08) ? 1 + 13 * random.uniform() : 20 + 700 * random.uniform();
}

/** The patterns as they are to each other, beside so many that nobody calls. */
function patternsWithIdle(idleShare: number) {
  const called = PATTERNS.filter(([pattern]) => pattern !== 'idle');
  const weight = called.reduce((sum, [, each]) => sum + each, 0);
  return [...called, ['idle', (weight * idleShare) / (1 - idleShare)] as const];
}

function drawTraffic(
  random: SeededStream,
  kind: FunctionKind,
  meanMs: number,
  idleShare: number | undefined,
): TrafficProfile {
  const drawn = random.weighted<TrafficPattern>(idleShare === undefined ? PATTERNS : patternsWithIdle(idleShare));
  // Lambda makes a function inactive because nobody has called it for weeks.
  const pattern = kind === 'inactive' ? 'idle' : drawn;
  const volume = MEDIAN_INVOCATIONS_PER_DAY * Math.exp(LOG_SPREAD_OF_VOLUME * random.normal());
  const most = Math.min(MOST_INVOCATIONS_PER_DAY, (MOST_MEAN_CONCURRENCY * 86_400_000) / meanMs);
  const perDay = Math.min(Math.max(volume, LEAST_INVOCATIONS_PER_DAY), most);
  return {
    pattern,
    invocationsPerHour: pattern === 'idle' ? 0 : perDay / 24,
    hoursAheadOfUtc: random.pick([0, 0, 1, 2, 9, 17, 19]),
    seed: random.next(),
  };
}

function drawTimeout(random: SeededStream, meanMs: number): number {
  const neededS = (meanMs * 3) / 1000;
  const enough = CONFIGURED_TIMEOUTS_S.filter((timeoutS) => timeoutS >= neededS);
  if (enough.length === 0) return 900;
  return random.chance(0.6) ? enough[0]! : random.pick(enough);
}

/** Environments are reclaimed after some minutes without a call, so that sparse traffic starts cold. */
const IDLE_MINUTES_BEFORE_RECLAIM = 8;
/** Even busy functions start some: scaling out and recycling. */
const LEAST_COLD_SHARE = 0.0015;

function coldStartShare(invocationsPerHour: number): number {
  return Math.max(LEAST_COLD_SHARE, Math.exp((-invocationsPerHour * IDLE_MINUTES_BEFORE_RECLAIM) / 60));
}

function drawLogging(random: SeededStream, kind: FunctionKind, name: string): FunctionLogging {
  const isJson = kind === 'warnLogs' || random.chance(0.22);
  const isShared = random.chance(0.02);
  return {
    format: isJson ? 'JSON' : 'Text',
    systemLogLevel: kind === 'warnLogs' ? 'WARN' : 'INFO',
    logGroup: isShared ? '/platform/shared-lambda-logs' : `/aws/lambda/${name}`,
    retentionDays: random.weighted([
      [undefined, 45],
      [7, 5],
      [14, 15],
      [30, 25],
      [90, 10],
    ] as const),
    bytesPerInvocation: Math.round(300 + 900 * Math.exp(random.normal())),
  };
}
