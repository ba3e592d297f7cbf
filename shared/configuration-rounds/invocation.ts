import { type RoundTime, roundTime } from '../round-time.ts';

/** What a task knows of its own invocation. */
export interface Invocation {
  /** What it goes by where no execution asks. */
  name: string;
  time: RoundTime;
}

/** @param context Lambda's */
export const invocationOf = (context: { awsRequestId: string; getRemainingTimeInMillis(): number }): Invocation => ({
  name: `invocation:${context.awsRequestId}`,
  time: roundTime(() => context.getRemainingTimeInMillis()),
});
