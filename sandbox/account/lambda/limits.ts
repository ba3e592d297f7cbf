/** Lambda's quotas, us-east-1 defaults (Lambda Developer Guide, "Lambda quotas", 2026). */
export interface LambdaLimits {
  readonly minMemorySizeMb: number;
  /** 3,008 in new accounts. */
  readonly maxMemorySizeMb: number;
  readonly maxTimeoutS: number;
  readonly concurrentExecutions: number;
  /** Reserved concurrency must leave this much unreserved. */
  readonly minUnreservedConcurrency: number;
  readonly totalCodeBytes: number;
  /** "Rate of GetFunction API requests", not increasable. */
  readonly getFunctionPerSecond: number;
  /** "Rate of the remainder of the control plane API requests", all together, not increasable. */
  readonly controlPlanePerSecond: number;
}

export const DEFAULT_LAMBDA_LIMITS: LambdaLimits = {
  minMemorySizeMb: 128,
  maxMemorySizeMb: 10_240,
  maxTimeoutS: 900,
  concurrentExecutions: 1_000,
  minUnreservedConcurrency: 100,
  totalCodeBytes: 322_122_547_200,
  getFunctionPerSecond: 100,
  controlPlanePerSecond: 15,
};

/** Functions on Managed Instances have their own bounds (SDK model: 2 to 32 GB). */
export const MANAGED_INSTANCES_MEMORY_MB = { min: 2_048, max: 32_768 } as const;

/** Runtimes whose functions can no longer be updated ("block function update" has passed by 2026-11). */
export const BLOCKED_RUNTIMES: ReadonlySet<string> = new Set([
  'nodejs',
  'nodejs4.3',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'nodejs12.x',
  'python2.7',
  'python3.6',
  'dotnetcore1.0',
  'dotnetcore2.0',
  'dotnetcore2.1',
  'dotnetcore3.1',
  'dotnet5.0',
  'ruby2.5',
]);
