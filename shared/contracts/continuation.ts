import * as v from 'valibot';
import { finiteNumber, record, strictObject } from './typed-values.ts';

/**
 * `done`: nothing remains. `goOn`: another round follows. `wait`: another execution of the workflow is at work. `stuck`:
 * something remains, and a round got no further with it.
 */
const nextSchema = v.picklist(['done', 'goOn', 'wait', 'stuck']);
export type Next = v.InferOutput<typeof nextSchema>;

/** How far an execution has come; the state machine hands it from round to round, a round being one invocation of its task. */
export const continuationSchema = v.object({
  next: nextSchema,
  /** Rounds that have worked so far. */
  rounds: finiteNumber,
  /** What is left to look at or to write. */
  remaining: finiteNumber,
  /** What was left to write when that was last compared. */
  leftToWrite: v.optional(finiteNumber),
  /** Where in its order the last round stopped. */
  cursor: v.optional(v.string()),
  /** What functions to come may still take of what all of them share: USD a month, or executions. */
  budgetLeft: v.optional(finiteNumber),
  /** Settings that were counted already of the one resource that a round left half done. */
  counted: v.optional(v.array(v.string())),
  /** The execution that this one waits for. */
  holder: v.optional(v.string()),
  /** Counts of all rounds in words. */
  said: v.string(),
});
export type Continuation = v.InferOutput<typeof continuationSchema>;

/** What the answers of all configuration tasks have in common. */
export const roundsSchema = v.object({
  continuation: continuationSchema,
  /** How many of each list are not in it for want of room; `counts` and the like are whole. */
  unlisted: record(v.string(), finiteNumber),
  /** Where the lists are whole, a JSON object a round (`s3://…`), or why they are nowhere; absent where nothing was listed. */
  wholeLists: v.optional(v.string()),
});

/**
 * A task's event: the caller's input, and what the state machine adds to it from round to round; that is absent where the
 * function is called by hand.
 */
/* @__NO_SIDE_EFFECTS__ */
export function roundEventSchema<const Input extends v.ObjectEntries, Output extends v.GenericSchema>(
  { entries }: { readonly entries: Input },
  output: Output,
) {
  return strictObject({
    ...entries,
    execution: v.optional(v.object({ arn: v.pipe(v.string(), v.minLength(1)) })),
    soFar: v.optional(v.nullable(output)),
  });
}
