import * as v from 'valibot';
import { finiteNumber } from './typed-values.ts';

/**
 * How a function is called that rests for days between its runs; absent where a function is called on most days, or
 * often enough within the look-back.
 */
export const rhythmSchema = v.object({
  /** Days from the beginning of one run to the next; absent where its runs keep to no interval. */
  everyDays: v.optional(finiteNumber),
  /** Runs at the present configuration, as far back as they are evidence. */
  runs: finiteNumber,
  /** Date (UTC) on which the next run is due; absent without an interval. */
  nextRunOn: v.optional(v.string()),
  /** A run that its interval promised did not come: what happens in it was not seen. */
  missedRun: v.optional(v.literal(true)),
});
export type Rhythm = v.InferOutput<typeof rhythmSchema>;
