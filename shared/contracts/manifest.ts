import * as v from 'valibot';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';
import { stageSources } from './source.ts';
import { finiteNumber, record } from './typed-values.ts';

/** Who owns a function's configuration, as far as its tags tell. */
const ownerSchema = v.object({
  tool: v.picklist(['cdk', 'sam', 'cloudformation', 'terraform', 'unknown']),
  stackName: v.optional(v.string()),
  logicalId: v.optional(v.string()),
  team: v.optional(v.string()),
});
export type FunctionOwner = v.InferOutput<typeof ownerSchema>;

/** One size the function ran at earlier, from the ledger; durations in ms. */
const observationSchema = v.object({
  memorySizeMb: finiteNumber,
  invocations: finiteNumber,
  meanDurationMs: finiteNumber,
  p50DurationMs: v.optional(finiteNumber),
  p95DurationMs: v.optional(finiteNumber),
  p99DurationMs: v.optional(finiteNumber),
  maxDurationMs: v.optional(finiteNumber),
  maxMemoryUsedMb: v.optional(finiteNumber),
  observedAt: v.optional(v.string()),
  codeSha256: v.optional(v.string()),
});
export type StoredObservation = v.InferOutput<typeof observationSchema>;

/** Calls of our own that keep a function warm. */
const warmUpsSchema = v.object({ callsPerDay: finiteNumber, since: v.string() });
export type WarmUps = v.InferOutput<typeof warmUpsSchema>;

/** A function of the night's manifest: what ListFunctions said of it, never its environment. */
export const manifestEntrySchema = v.object({
  functionName: v.string(),
  functionArn: v.string(),
  runtime: v.optional(v.string()),
  architecture: v.picklist(['arm64', 'x86_64']),
  packageType: v.picklist(['Zip', 'Image']),
  memorySizeMb: finiteNumber,
  timeoutSeconds: finiteNumber,
  ephemeralStorageMb: finiteNumber,
  lastModified: v.string(),
  codeSha256: v.string(),
  logGroupName: v.string(),
  logFormat: v.picklist(['Text', 'JSON']),
  systemLogLevel: v.optional(v.string()),
  owner: ownerSchema,
  /** Memory claimed by the runtime's own settings (-Xmx, --max-old-space-size); no other part of the environment is kept. */
  runtimeMemoryFloorMb: v.optional(finiteNumber),
  /** Size before Rightsizer first changed the function. */
  baselineMemorySizeMb: finiteNumber,
  observations: v.array(observationSchema),
  /** Sizes that an earlier approval covers without another question. */
  coveredSizes: v.optional(v.object({ leastMb: finiteNumber, mostMb: finiteNumber })),
  warmUps: v.optional(warmUpsSchema),
  tags: record(v.string(), v.string()),
});
export type ManifestEntry = v.InferOutput<typeof manifestEntrySchema>;
export const parseManifest = (value: unknown): ManifestEntry[] =>
  parseContract('manifest', v.array(manifestEntrySchema), value);

/** A function the night leaves alone, and why, in words an operator can act on. */
export interface Exclusion {
  functionName: string;
  functionArn: string;
  reason: ExclusionReason;
  message: string;
}

export const EXCLUSION_REASONS = [
  'OptedOut',
  'OutOfScope',
  'OwnPipeline',
  'LambdaAtEdge',
  'ManagedInstances',
  'DurableFunction',
  'DeprecatedRuntime',
  'CodeSigning',
  'NotActive',
  'UpdateInProgress',
  'ReservedConcurrencyZero',
  'AliasPinned',
  'CallerLimitsTimeout',
  'OpenProposal',
  'OpenChange',
  'CoolingDown',
  'RevertedByDeploy',
  /** Its month costs less than looking at it every night. */
  'WeeklyLook',
  'Changed',
  'Claimed',
  /** What must be known before it may be touched could not be read. */
  'SourceUnavailable',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export const discoverFunctionsOutputSchema = v.object({
  schemaVersion,
  /** S3 key of the JSON array of ManifestEntry. */
  manifestKey: v.string(),
  /** S3 key of the JSON array of Exclusion. */
  exclusionsKey: v.string(),
  functionCount: finiteNumber,
  excludedCount: finiteNumber,
  ...stageSources,
});
export type DiscoverFunctionsOutput = v.InferOutput<typeof discoverFunctionsOutputSchema>;
