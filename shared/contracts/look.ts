import * as v from 'valibot';
import { parseContract } from './parse.ts';
import { finiteNumber, record } from './typed-values.ts';

/** A stretch of a function's REPORT lines that some night read, and what it counted in it. */
const lineReadingSchema = v.object({
  /** First and (exclusive) last moment of the stretch. */
  from: v.string(),
  to: v.string(),
  reports: finiteNumber,
  /** Of the same stretch, by CloudWatch: what the lines are counted against. */
  invocations: finiteNumber,
  /** Absent where the stretch has no lines. */
  maxMemoryUsedMb: v.optional(finiteNumber),
});
export type LineReading = v.InferOutput<typeof lineReadingSchema>;

const readLinesSchema = v.object({
  /** The oldest first, each beginning where the one before it ended, or a little before. */
  readings: v.array(lineReadingSchema),
  /** Of all of them, at the configuration of `lastModified`. */
  coldStartShare: v.optional(finiteNumber),
  initDurationMs: v.optional(finiteNumber),
});
export type ReadLines = v.InferOutput<typeof readLinesSchema>;

/**
 * What a night remembers of a function, so that the next nights need not find it out
 * again: one object for all functions, in the run bucket.
 */
const lookSchema = v.object({
  /** Date of the night that looked. */
  on: v.string(),
  /** The function's, then: whatever was modified since is looked at anew. */
  lastModified: v.string(),
  /** What its month cost, at dated list prices; absent where it is worth a question on a night with attention to spare. */
  usdPerMonth: v.optional(finiteNumber),
  /**
   * It rests for days between its runs, or seems idle: it is looked at far back at once, and the most memory that any night knew of since
   * it was last modified counts, as the look-back's lines are of a run or two.
   */
  rare: v.optional(v.object({ mostMemoryUsedMb: v.optional(finiteNumber) })),
  /** What its REPORT lines said; absent where they were not read. */
  memory: v.optional(
    v.object({
      readOn: v.string(),
      maxMemoryUsedMb: v.optional(finiteNumber),
      coverage: v.optional(finiteNumber),
      reason: v.optional(v.string()),
      coldStartShare: v.optional(finiteNumber),
      initDurationMs: v.optional(finiteNumber),
    }),
  ),
  /** Its REPORT lines that have been read: whoever needs them anew reads those since, and no line twice. */
  lines: v.optional(readLinesSchema),
});
export type Look = v.InferOutput<typeof lookSchema>;

/** By function name. */
export type Looks = Readonly<Record<string, Look>>;
export const parseLooks = (value: unknown): Looks =>
  parseContract('remembered looks', record(v.string(), lookSchema), value);
