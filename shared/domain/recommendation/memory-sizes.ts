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
  128, 192, 256, 320, 384, 448, 512, 576, 640, 704, 768, 832, 896, 960, 1024, 1152, 1280, 1408, 1536, 1664, 1769, 1792,
  1920, 2048, 2304, 2560, 2816, 3008, 3328, 3538, 4096, 4608, 5120, 5307, 6144, 7076, 8192, 8845, 9216, 10_240,
];

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

/**
 * The least memory the evidence allows, MB: used + headroom and what the runtime claims. Without memory evidence, or
 * with signs of a leak or of running out of memory, that is the current size: memory is then never lowered.
 */
export function memoryFloorMb(request: RecommendationRequest): number {
  const used = maxMemoryUsedMb(request.observations);
  const mustNotLower =
    used === undefined || request.memoryLeakSuspected === true || (request.outOfMemoryCount ?? 0) > 0;
  const evidence = (used ?? 0) * (1 + (request.memoryHeadroom ?? DEFAULT_MEMORY_HEADROOM));
  const floor = Math.ceil(Math.max(evidence, request.runtimeMemoryFloorMb ?? 0));
  return mustNotLower ? Math.max(floor, request.currentMemorySizeMb) : floor;
}

/** Sizes tonight's change may lead to: the permitted range, the memory floor and one notch down. */
export function reachableRange(request: RecommendationRequest): SizeRange {
  const permitted = permittedRange(request);
  const notch = Math.ceil(request.currentMemorySizeMb / NOTCH_FACTOR);
  const minMb = Math.min(permitted.maxMb, Math.max(permitted.minMb, notch, memoryFloorMb(request)));
  return { minMb, maxMb: Math.max(minMb, permitted.maxMb) };
}
