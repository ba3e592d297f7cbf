import type { ColdStartStrategy } from '../../../contracts/cold-start.ts';
import { count } from '../../approval/proposal/wording.ts';
import type { LambdaPrices } from '../../pricing/types.ts';
import { type ColdStartEvidence, coveredShare, type StartableFunction } from './evidence.ts';
import { mixedP99Ms } from './latency.ts';
import { WARM_UP_MS } from './warm-up-time.ts';

const SECONDS_PER_MONTH = (365.25 / 12) * 86_400;

/** EventBridge Scheduler, USD an invocation beyond the 14 million free a month (us-east-1, 2026-09). */
const USD_PER_SCHEDULED = 1e-6;

/**
 * SnapStart, USD (AWSLambda offer published 2026-09-19, us-east-1): a snapshot cached, a GB restored. Java is free.
 * @see https://aws.amazon.com/lambda/pricing/#SnapStart_Pricing
 */
const SNAPSHOT_USD_PER_GB_SECOND = 0.0000015046;
const RESTORE_USD_PER_GB = 0.0001397998;
/** Nobody knows a function's restore time before it was tried; a tenth of INIT, at least a fifth of a second. */
const ASSUMED_RESTORE_SHARE = 0.1;
const ASSUMED_RESTORE_MS = 200;
/** Runtimes with SnapStart: Java 11, Python 3.12, .NET 8 and later. */
const SNAP_START_RUNTIME = /^(java(1[1-9]|[2-9]\d)|python3\.(1[2-9]|[2-9]\d)|dotnet([89]|\d\d))/;
const SNAP_START_EPHEMERAL_MAX_MB = 512;

/** What one strategy would cost and bring. */
export interface StrategyOption {
  strategy: ColdStartStrategy;
  /** Environments kept ready; 0 where none are. */
  environments: number;
  /** All that cold starts or their avoidance cost a month: INIT, and what the strategy itself is billed. */
  usdPerMonth: number;
  /** Share of requests that would still start cold. */
  coldStartShare: number;
  p99Ms: number;
  /** The sum, in words and figures. */
  arithmetic: string;
}

interface Scene {
  evidence: ColdStartEvidence;
  fn: StartableFunction;
  memoryGb: number;
  onDemandUsdPerGbSecond: number;
  prices: LambdaPrices;
}

/** Every strategy the function can have, with every number of environments worth a look. */
export function strategyOptions(
  evidence: ColdStartEvidence,
  fn: StartableFunction,
  prices: LambdaPrices,
  settings: { warmUpEveryMinutes: number; maximumEnvironments: number },
): StrategyOption[] {
  const onDemandUsdPerGbSecond = prices.architectures[fn.architecture].durationTiers[0]!.usdPerGbSecond;
  const scene: Scene = { evidence, fn, prices, onDemandUsdPerGbSecond, memoryGb: fn.memorySizeMb / 1024 };
  const counts = environmentCounts(evidence, settings.maximumEnvironments);
  return [
    accept(scene),
    ...(canSnapStart(fn) ? [snapStart(scene)] : []),
    ...counts.map((environments) => warmUp(scene, environments, settings.warmUpEveryMinutes)),
    ...counts.map((environments) => provisioned(scene, environments)),
  ];
}

export const canSnapStart = ({ runtime, packageType, ephemeralStorageMb }: StartableFunction): boolean =>
  packageType === 'Zip' && ephemeralStorageMb <= SNAP_START_EPHEMERAL_MAX_MB && SNAP_START_RUNTIME.test(runtime ?? '');

/** One, and as many as ran at once in the quiet, the usual and the busiest periods. */
function environmentCounts({ periods }: ColdStartEvidence, maximum: number): number[] {
  const sorted = periods.map((each) => each.maximumConcurrency).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 1;
  const wanted = [1, at(0.5), at(0.9), at(0.99), at(1)].map((each) => Math.min(maximum, Math.max(1, Math.ceil(each))));
  return [...new Set(wanted)].sort((a, b) => a - b);
}

function accept(scene: Scene): StrategyOption {
  const { evidence } = scene;
  const init = initUsd(scene, evidence.coldStartShare, evidence.meanInitDurationMs);
  return option(scene, 'accept', 0, evidence.coldStartShare, evidence.meanInitDurationMs, [init]);
}

function snapStart(scene: Scene): StrategyOption {
  const { evidence, fn, memoryGb } = scene;
  const restoreMs = Math.min(
    evidence.meanInitDurationMs,
    Math.max(ASSUMED_RESTORE_MS, evidence.meanInitDurationMs * ASSUMED_RESTORE_SHARE),
  );
  const restores = evidence.invocationsPerMonth * evidence.coldStartShare;
  const isFree = fn.runtime?.startsWith('java') ?? false;
  return option(scene, 'snap-start', 0, evidence.coldStartShare, restoreMs, [
    initUsd(scene, evidence.coldStartShare, restoreMs, `restore (assumed ${Math.round(restoreMs)} ms)`),
    part(isFree ? 0 : memoryGb * SECONDS_PER_MONTH * SNAPSHOT_USD_PER_GB_SECOND, `${gb(memoryGb)} snapshot cached`),
    part(isFree ? 0 : restores * memoryGb * RESTORE_USD_PER_GB, `${count(restores)} restores`),
  ]);
}

function warmUp(scene: Scene, environments: number, everyMinutes: number): StrategyOption {
  const { evidence, memoryGb, onDemandUsdPerGbSecond, prices, fn } = scene;
  const rounds = SECONDS_PER_MONTH / (everyMinutes * 60);
  const pings = rounds * environments;
  const left = remainingShare(evidence, environments);
  const usdPerPing =
    (WARM_UP_MS / 1000) * memoryGb * onDemandUsdPerGbSecond + prices.architectures[fn.architecture].usdPerRequest;
  return option(scene, 'warm-up', environments, left, evidence.meanInitDurationMs, [
    initUsd(scene, left, evidence.meanInitDurationMs),
    part(pings * usdPerPing, `${count(pings)} warm-ups of ${WARM_UP_MS} ms at ${gb(memoryGb)}`),
    part(rounds * USD_PER_SCHEDULED, `${count(rounds)} scheduled`),
  ]);
}

function provisioned(scene: Scene, environments: number): StrategyOption {
  const { evidence, memoryGb, fn, prices, onDemandUsdPerGbSecond } = scene;
  const { provisionedUsdPerGbSecond, provisionedDurationUsdPerGbSecond } = prices.architectures[fn.architecture];
  const covered = coveredShare(evidence.periods, environments);
  const coveredGbSeconds = (evidence.invocationsPerMonth * covered * evidence.meanDurationMs * memoryGb) / 1000;
  const left = remainingShare(evidence, environments);
  return option(scene, 'provisioned-concurrency', environments, left, evidence.meanInitDurationMs, [
    part(
      provisionedUsd(environments, fn.memorySizeMb, provisionedUsdPerGbSecond),
      `${environments} × ${gb(memoryGb)} all month`,
    ),
    part(
      coveredGbSeconds * (provisionedDurationUsdPerGbSecond - onDemandUsdPerGbSecond),
      `${count(coveredGbSeconds)} GB-s at the provisioned duration price`,
    ),
    initUsd(scene, left, evidence.meanInitDurationMs),
  ]);
}

/** Price in USD of keeping environments provisioned for a month, used or not. */
export const provisionedUsd = (environments: number, memorySizeMb: number, usdPerGbSecond: number): number =>
  environments * (memorySizeMb / 1024) * SECONDS_PER_MONTH * usdPerGbSecond;

const remainingShare = (evidence: ColdStartEvidence, environments: number): number =>
  evidence.coldStartShare * (1 - coveredShare(evidence.periods, environments));

interface Part {
  usd: number;
  said: string;
}

const part = (usd: number, what: string): Part => ({ usd, said: `${what} = $${usd.toFixed(2)}` });

/** INIT is billed like any other duration since 2025-08-01. */
function initUsd(scene: Scene, share: number, initMs: number, what = `INIT of ${Math.round(initMs)} ms`): Part {
  const starts = scene.evidence.invocationsPerMonth * share;
  const usd = starts * (initMs / 1000) * scene.memoryGb * scene.onDemandUsdPerGbSecond;
  return part(usd, `${count(starts)} × ${what} at ${gb(scene.memoryGb)}`);
}

function option(
  { evidence }: Scene,
  strategy: ColdStartStrategy,
  environments: number,
  coldStartShare: number,
  startMs: number,
  parts: readonly Part[],
): StrategyOption {
  const usdPerMonth = parts.reduce((sum, { usd }) => sum + usd, 0);
  const p99Ms = mixedP99Ms(evidence, coldStartShare, startMs);
  const said = parts.map((each) => each.said).join(' + ');
  const ready = environments > 0 ? ` of ${environments}` : '';
  return {
    strategy,
    environments,
    usdPerMonth,
    coldStartShare,
    p99Ms,
    arithmetic: `${strategy}${ready}: ${said}; together $${usdPerMonth.toFixed(2)} a month, p99 ${Math.round(p99Ms)} ms, ${(coldStartShare * 100).toFixed(2)} % cold`,
  };
}

const gb = (value: number): string => `${Number(value.toFixed(3))} GB`;
