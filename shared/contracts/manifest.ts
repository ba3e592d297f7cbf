import * as z from 'zod/mini';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';
import { stageSources } from './source.ts';

/** Who owns a function's configuration, as far as its tags tell. */
const ownerSchema = z.object({
  tool: z.enum(['cdk', 'sam', 'cloudformation', 'terraform', 'unknown']),
  stackName: z.optional(z.string()),
  logicalId: z.optional(z.string()),
  team: z.optional(z.string()),
});
export type FunctionOwner = z.output<typeof ownerSchema>;

/** One size the function ran at earlier, from the ledger; durations in ms. */
const observationSchema = z.object({
  memorySizeMb: z.number(),
  invocations: z.number(),
  meanDurationMs: z.number(),
  p50DurationMs: z.optional(z.number()),
  p95DurationMs: z.optional(z.number()),
  p99DurationMs: z.optional(z.number()),
  maxDurationMs: z.optional(z.number()),
  maxMemoryUsedMb: z.optional(z.number()),
  observedAt: z.optional(z.string()),
  codeSha256: z.optional(z.string()),
});
export type StoredObservation = z.output<typeof observationSchema>;

/** Calls of our own that keep a function warm. */
const warmUpsSchema = z.object({ callsPerDay: z.number(), since: z.string() });
export type WarmUps = z.output<typeof warmUpsSchema>;

/** A function of the night's manifest: what ListFunctions said of it, never its environment. */
export const manifestEntrySchema = z.object({
  functionName: z.string(),
  functionArn: z.string(),
  runtime: z.optional(z.string()),
  architecture: z.enum(['arm64', 'x86_64']),
  packageType: z.enum(['Zip', 'Image']),
  memorySizeMb: z.number(),
  timeoutSeconds: z.number(),
  ephemeralStorageMb: z.number(),
  lastModified: z.string(),
  codeSha256: z.string(),
  logGroupName: z.string(),
  logFormat: z.enum(['Text', 'JSON']),
  systemLogLevel: z.optional(z.string()),
  owner: ownerSchema,
  /** Memory claimed by the runtime's own settings (-Xmx, --max-old-space-size); no other part of the environment is kept. */
  runtimeMemoryFloorMb: z.optional(z.number()),
  /** Size before Rightsizer first changed the function. */
  baselineMemorySizeMb: z.number(),
  observations: z.array(observationSchema),
  /** Sizes that an earlier approval covers without another question. */
  coveredSizes: z.optional(z.object({ leastMb: z.number(), mostMb: z.number() })),
  warmUps: z.optional(warmUpsSchema),
  tags: z.record(z.string(), z.string()),
});
export type ManifestEntry = z.output<typeof manifestEntrySchema>;
export const parseManifest = (value: unknown): ManifestEntry[] =>
  parseContract('manifest', z.array(manifestEntrySchema), value);

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

export const discoverFunctionsOutputSchema = z.object({
  schemaVersion,
  /** S3 key of the JSON array of ManifestEntry. */
  manifestKey: z.string(),
  /** S3 key of the JSON array of Exclusion. */
  exclusionsKey: z.string(),
  functionCount: z.number(),
  excludedCount: z.number(),
  ...stageSources,
});
export type DiscoverFunctionsOutput = z.output<typeof discoverFunctionsOutputSchema>;
