/**
 * How long a call takes on AWS, in ms, as far as it matters to durations: assumed, in round figures of a warm client
 * in the same region (DynamoDB promises single-digit milliseconds; the others promise nothing). CloudWatch's grows with
 * what is asked and is taken for a full batch.
 */
const BY_CALL: Readonly<Record<string, number>> = {
  'CloudWatch.GetMetricData': 300,
  'CloudWatchLogs.StartQuery': 100,
  'CloudWatchLogs.GetQueryResults': 60,
  'Lambda.GetFunction': 40,
  'Lambda.ListFunctions': 200,
  'Lambda.UpdateFunctionConfiguration': 150,
};
const BY_SERVICE: Readonly<Record<string, number>> = { DynamoDB: 5, S3: 30, Lambda: 60 };
const OTHERWISE_MS = 50;

/** What a state machine takes to start a task's function and to take its answer up, in ms; assumed. */
export const INVOCATION_MS = 25;

export const callLatencyMs = (service: string, operation: string): number =>
  BY_CALL[`${service}.${operation}`] ?? BY_SERVICE[service] ?? OTHERWISE_MS;
