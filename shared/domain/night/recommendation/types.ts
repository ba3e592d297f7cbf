import type { Rhythm } from '../../../contracts/rhythm.ts';
import type { Architecture } from '../../pricing/types.ts';

/** `cost`: allowed slowdown against the baseline size's duration. */
export const DEFAULT_MAX_SLOWDOWN = 0.1;
/** `balanced`: weight of cost against duration. */
export const DEFAULT_BALANCED_WEIGHT = 0.5;

/** How a size is chosen, in Power Tuning's words; `brief-rules` is −25 % / +50 %, timeout × 1.5. */
export const STRATEGIES = ['cost', 'balanced', 'speed', 'brief-rules'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export type Finding = 'Optimized' | 'NotOptimized' | 'Unavailable';

export type FindingReason =
  | 'MemoryOverprovisioned'
  | 'MemoryUnderprovisioned'
  | 'InsufficientData'
  | 'Inconclusive'
  | 'OutOfMemory';

/** Compute Optimizer's performance risk levels. */
export type PerformanceRisk = 'VeryLow' | 'Low' | 'Medium' | 'High';

/** What one stretch of production at one memory size showed. Only the first three members are required. */
export interface Observation {
  readonly memorySizeMb: number;
  readonly invocations: number;
  /** Mean `Duration` in milliseconds, cold start excluded. */
  readonly meanDurationMs: number;
  /** Calls that only kept it warm, and are in no other number here. */
  readonly warmUpCalls?: number | undefined;
  readonly p50DurationMs?: number | undefined;
  readonly p95DurationMs?: number | undefined;
  readonly p99DurationMs?: number | undefined;
  readonly maxDurationMs?: number | undefined;
  /** High-water mark of the environments; the evidence without which memory is never lowered. */
  readonly maxMemoryUsedMb?: number | undefined;
  /** End of the stretch, ISO 8601. Without it observations count as equally old. */
  readonly observedAt?: string | undefined;
  /** Length of the stretch in days, for the timeout rule (30 days are needed to lower one). */
  readonly lookbackDays?: number | undefined;
  readonly errors?: number | undefined;
  readonly throttles?: number | undefined;
  /** Share of invocations that were cold starts, 0 to 1. */
  readonly coldStartShare?: number | undefined;
  /** Mean INIT duration of a cold start, milliseconds. */
  readonly initDurationMs?: number | undefined;
  /** Mean CPU time of an invocation (Lambda Insights `cpu_total_time`), milliseconds. */
  readonly cpuTimeMs?: number | undefined;
  /** A change of code keeps the shape of the curve but not its level. */
  readonly codeSha256?: string | undefined;
  readonly source?: string | undefined;
}

/** One of Compute Optimizer's options; counts as a weak observation of the mean. */
export interface ComputeOptimizerProjection {
  readonly memorySizeMb: number;
  readonly expectedDurationMs: number;
  readonly lowerDurationMs?: number | undefined;
  readonly upperDurationMs?: number | undefined;
}

export interface MemoryBounds {
  readonly minMb?: number | undefined;
  readonly maxMb?: number | undefined;
}

/** Unit prices to decide with; without them the dated us-east-1 tier-1 prices. */
export interface UnitPrices {
  readonly usdPerGbSecond: number;
  readonly usdPerRequest: number;
}

export interface RecommendationRequest {
  readonly id: string;
  readonly functionName: string;
  readonly architecture: Architecture;
  readonly timeoutSeconds: number;
  readonly strategy: Strategy;
  /** Weight of cost against duration for `balanced`, 0 to 1; default 0.5. */
  readonly balancedWeight?: number | undefined;
  /** Allowed slowdown against the baseline size's duration for `cost`; default 0.10. */
  readonly maxSlowdown?: number | undefined;
  readonly currentMemorySizeMb: number;
  /** Size the function had before Rightsizer first changed it; default: the oldest observation's. */
  readonly baselineMemorySizeMb?: number | undefined;
  /** Default 128 to 10,240 MB. */
  readonly bounds?: MemoryBounds | undefined;
  /** Oldest first, latest last. */
  readonly observations: readonly Observation[];
  /** Share kept free above the most memory ever used; default 0.10. */
  readonly memoryHeadroom?: number | undefined;
  /** Fewer invocations than this at the current size are no evidence; default 5. */
  readonly minimumInvocations?: number | undefined;
  /**
   * How it is called, where it rests for days between its runs; memory stays until enough of them were seen, and the timeout is
   * not lowered on fewer. Absent: on most days, or nobody says.
   */
  readonly rhythm?: Rhythm | undefined;
  /** Nights the choice may still be corrected in; default 5 less the changes the observations show, at least 1. */
  readonly remainingNights?: number | undefined;
  readonly memoryLeakSuspected?: boolean | undefined;
  readonly outOfMemoryCount?: number | undefined;
  readonly computeOptimizer?: readonly ComputeOptimizerProjection[] | undefined;
  readonly requestsPerMonth?: number | undefined;
  /**
   * `cost`, with `requestsPerMonth`: what a change must be expected to save in the end to be worth a person's minute, USD
   * a month; default 0.5. 0: every difference above the noise is.
   */
  readonly minimumSavingsUsdPerMonth?: number | undefined;
  /**
   * Whether sizes are to be ones people write, unless an exact one (the least that fits, one that has run before) is worth
   * more than the noise. Needless where a question has a price. @default false
   */
  readonly familiarSizes?: boolean | undefined;
  /** Memory the runtime's own settings claim (JVM -Xmx, Node --max-old-space-size). */
  readonly runtimeMemoryFloorMb?: number | undefined;
  readonly prices?: UnitPrices | undefined;
  /** Shortest timeout the callers (SQS visibility, API limits) can live with, seconds. */
  readonly callerTimeoutFloorSeconds?: number | undefined;
  readonly callerTimeoutCeilingSeconds?: number | undefined;
  /** Whether everything the function ships is known to run on arm64 (interpreted, no native layer). */
  readonly arm64Compatible?: boolean | undefined;
  readonly provisionedConcurrency?:
    | { readonly configured: number; readonly maxUtilization?: number | undefined }
    | undefined;
}

/** What the model expects at one memory size; lower and upper bound a 90 % interval. */
export interface Candidate {
  readonly memorySizeMb: number;
  readonly meanDurationMs: number;
  readonly meanDurationLowerMs: number;
  readonly meanDurationUpperMs: number;
  readonly p95DurationMs: number;
  readonly p95DurationLowerMs: number;
  readonly p95DurationUpperMs: number;
  /** Duration and request fee of a million invocations. */
  readonly costUsdPerMillion: number;
  readonly costLowerUsdPerMillion: number;
  readonly costUpperUsdPerMillion: number;
  /** Cost against the current size's, 1 = the same. */
  readonly relativeCost: number;
  /** Duration against the current size's, 1 = the same. */
  readonly relativeDuration: number;
  /** Probability that duration stays within maxSlowdown of the baseline's. */
  readonly guardProbability: number;
  readonly meetsGuard: boolean;
  /** Whether tonight's notch rule, memory evidence and bounds allow the size. */
  readonly reachable: boolean;
  /** Whether production has run at the size. */
  readonly observed: boolean;
}

export type AdviceKind = 'arm64' | 'init-share' | 'idle-provisioned-concurrency' | 'memory-leak' | 'retained-headroom';

/** Something a person may do that Rightsizer does not. */
export interface Advice {
  readonly kind: AdviceKind;
  readonly message: string;
  readonly estimatedSavingsUsdPerMonth?: number | undefined;
}

export interface TimeoutRecommendation {
  readonly timeoutSeconds: number;
  readonly reason: string;
}

export interface Recommendation {
  readonly id: string;
  readonly finding: Finding;
  readonly findingReasons: readonly FindingReason[];
  /** The current size when nothing should change. */
  readonly recommendedMemorySizeMb: number;
  readonly reason: string;
  /** The recommended size's row; absent when there is no usable observation. */
  readonly predicted?: Candidate | undefined;
  /** Ascending by memory size: current, recommended and recognisable sizes in reach. */
  readonly candidates: readonly Candidate[];
  readonly runnerUp?: Candidate | undefined;
  /** Absent when the timeout should stay. */
  readonly recommendedTimeoutSeconds?: number | undefined;
  readonly timeoutReason?: string | undefined;
  readonly risk: PerformanceRisk;
  /**
   * What the nights ahead are expected to gain by this change against staying, what it teaches included, in the
   * strategy's own unit: under `cost` a share of the baseline size's cost, otherwise regret. 0 when nothing changes.
   */
  readonly expectedGain: number;
  /**
   * `cost`: what the nights ahead are expected to save by this change and those it leads to, against never changing
   * anything, as a share of the current size's cost; 0 when nothing changes or staying is not allowed.
   */
  readonly expectedEndGain?: number | undefined;
  /** Least size, MB, that the steps which follow are expected to lead to; absent where none is to follow. */
  readonly leastOnTheWayMb?: number | undefined;
  /** Duration at the baseline size against the current one's, 1 = the same: what `maxSlowdown` is measured against. */
  readonly baselineRelativeDuration?: number | undefined;
  readonly advice: readonly Advice[];
  /** Positive is saved; only with `requestsPerMonth`. An estimate until verified. */
  readonly estimatedSavingsUsdPerMonth?: number | undefined;
  readonly estimatedSavingsUsdPerYear?: number | undefined;
}
