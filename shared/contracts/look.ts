import * as z from 'zod/mini';
import { parseContract } from './parse.ts';

/** A stretch of a function's REPORT lines that some night read, and what it counted in it. */
const lineReadingSchema = z.object({
  /** First and (exclusive) last moment of the stretch. */
  from: z.string(),
  to: z.string(),
  reports: z.number(),
  /** Of the same stretch, by CloudWatch: what the lines are counted against. */
  invocations: z.number(),
  /** Absent where the stretch has no lines. */
  maxMemoryUsedMb: z.optional(z.number()),
});
export type LineReading = z.output<typeof lineReadingSchema>;

const readLinesSchema = z.object({
  /** The oldest first, each beginning where the one before it ended, or a little before. */
  readings: z.array(lineReadingSchema),
  /** Of all of them, at the configuration of `lastModified`. */
  coldStartShare: z.optional(z.number()),
  initDurationMs: z.optional(z.number()),
});
export type ReadLines = z.output<typeof readLinesSchema>;

/**
 * What a night remembers of a function, so that the next nights need not find it out
 * again: one object for all functions, in the run bucket.
 */
const lookSchema = z.object({
  /** Date of the night that looked. */
  on: z.string(),
  /** The function's, then: whatever was modified since is looked at anew. */
  lastModified: z.string(),
  /** What its month cost, at dated list prices; absent where it is worth a question on a night with attention to spare. */
  usdPerMonth: z.optional(z.number()),
  /**
   * It rests for days between its runs, or seems idle: it is looked at far back at once, and the most memory that any night knew of since
   * it was last modified counts, as the look-back's lines are of a run or two.
   */
  rare: z.optional(z.object({ mostMemoryUsedMb: z.optional(z.number()) })),
  /** What its REPORT lines said; absent where they were not read. */
  memory: z.optional(
    z.object({
      readOn: z.string(),
      maxMemoryUsedMb: z.optional(z.number()),
      coverage: z.optional(z.number()),
      reason: z.optional(z.string()),
      coldStartShare: z.optional(z.number()),
      initDurationMs: z.optional(z.number()),
    }),
  ),
  /** Its REPORT lines that have been read: whoever needs them anew reads those since, and no line twice. */
  lines: z.optional(readLinesSchema),
});
export type Look = z.output<typeof lookSchema>;

/** By function name. */
export type Looks = Readonly<Record<string, Look>>;
export const parseLooks = (value: unknown): Looks =>
  parseContract('remembered looks', z.record(z.string(), lookSchema), value);
