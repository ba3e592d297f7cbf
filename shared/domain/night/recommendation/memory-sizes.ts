import type { Observation, RecommendationRequest } from './types.ts';

/** Lambda's limits for ordinary functions, MB. */
export const LAMBDA_MIN_MB = 128;
export const LAMBDA_MAX_MB = 10_240;
/** Memory at which a function gets one full vCPU (AWS documentation, "Configure Lambda function memory"). */
export const ONE_VCPU_MB = 1_769;
export const DEFAULT_MEMORY_HEADROOM = 0.1;
/** One notch: at most this factor down a night. */
export const NOTCH_FACTOR = 2;

/** Sizes a person recognises, preferred when the difference to a size between them is noise. */
export const RECOGNISABLE_SIZES_MB: readonly number[] = [
  128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1664, 1769, 1920,
  2048, 2304, 2560, 2816, 3008, 3538, 4096, 5120, 6144, 7168, 8192, 10_240,
];

/** The coarser sizes that later nights are imagined at. */
export const LOOKAHEAD_SIZES_MB: ReadonlySet<number> = new Set([
  128, 192, 256, 384, 512, 640, 768, 1024, 1280, 1536, 1769, 2048, 2560, 3008, 4096, 6144, 10_240,
]);

export interface SizeRange {
  readonly minMb: number;
  readonly maxMb: number;
}

/** Most memory any observation saw in use; undefined when none says. */
export function maxMemoryUsedMb(observations: readonly Observation[]): number | undefined {
  const known = observations.flatMap((each) => (each.maxMemoryUsedMb === undefined ? [] : [each.maxMemoryUsedMb]));
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Sizes the function may be given at all: Lambda's limits within the policy's bounds. */
export function permittedRange(request: RecommendationRequest): SizeRange {
  const minMb = Math.max(LAMBDA_MIN_MB, Math.ceil(request.bounds?.minMb ?? LAMBDA_MIN_MB));
  const maxMb = Math.min(LAMBDA_MAX_MB, Math.floor(request.bounds?.maxMb ?? LAMBDA_MAX_MB));
  return { minMb, maxMb: Math.max(minMb, maxMb) };
}

/** Whether memory may be lowered at all: not without evidence of how much is used, nor while it seems to leak. */
export function mayLower(request: RecommendationRequest): boolean {
  return maxMemoryUsedMb(request.observations) !== undefined && request.memoryLeakSuspected !== true;
}

/** A function that ran out of memory gets at least this much more. */
const OUT_OF_MEMORY_RAISE = 1.25;

/**
 * The least memory the evidence allows, MB: used + headroom and what the runtime claims. Without memory evidence, or
 * with signs of a leak, that is at least the current size, and after running out of memory more than it.
 */
export function memoryFloorMb(request: RecommendationRequest): number {
  const used = maxMemoryUsedMb(request.observations);
  const current = request.currentMemorySizeMb;
  const needed = [
    (used ?? 0) * (1 + (request.memoryHeadroom ?? DEFAULT_MEMORY_HEADROOM)),
    request.runtimeMemoryFloorMb ?? 0,
    mayLower(request) ? 0 : current,
    (request.outOfMemoryCount ?? 0) > 0 ? current * OUT_OF_MEMORY_RAISE : 0,
  ];
  return Math.ceil(Math.max(...needed));
}

/** Sizes the function may have in the end, whatever tonight's notch allows; policy bounds prevail over need. */
export function lastingRange(request: RecommendationRequest): SizeRange {
  const { minMb, maxMb } = permittedRange(request);
  return { minMb: Math.min(maxMb, Math.max(minMb, memoryFloorMb(request))), maxMb };
}

/** Sizes tonight's change may lead to: the lasting range, but never more than one notch down. */
export function reachableRange(request: RecommendationRequest): SizeRange {
  const lasting = lastingRange(request);
  const minMb = Math.max(lasting.minMb, Math.ceil(request.currentMemorySizeMb / NOTCH_FACTOR));
  return { minMb, maxMb: Math.max(minMb, lasting.maxMb) };
}

/** Whether staying at the current size is allowed at all: not below need, and within the policy's bounds. */
export function mayStay(request: RecommendationRequest): boolean {
  const { minMb, maxMb } = lastingRange(request);
  return request.currentMemorySizeMb >= minMb && request.currentMemorySizeMb <= maxMb;
}
