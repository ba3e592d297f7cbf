import * as z from 'zod/mini';

/**
 * How a function is called that rests for days between its runs; absent where a function is called on most days, or
 * often enough within the look-back.
 */
export const rhythmSchema = z.object({
  /** Days from the beginning of one run to the next; absent where its runs keep to no interval. */
  everyDays: z.optional(z.number()),
  /** Runs at the present configuration, as far back as they are evidence. */
  runs: z.number(),
  /** Date (UTC) on which the next run is due; absent without an interval. */
  nextRunOn: z.optional(z.string()),
  /** A run that its interval promised did not come: what happens in it was not seen. */
  missedRun: z.optional(z.literal(true)),
});
export type Rhythm = z.output<typeof rhythmSchema>;
