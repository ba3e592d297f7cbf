import { callLatencyMs, INVOCATION_MS } from '../../sandbox/metering/call-latencies.ts';
import { AwsRate, RATE_LIMIT_SHARE } from '../../shared/aws-rates.ts';
import { turnLengthMs } from '../../shared/domain/turns.ts';
import { batchPace, FUNCTIONS_PER_BATCH } from '../../workflows/night/batch-pace.ts';

/** What a night has to do, in counts. */
export interface NightSize {
  functions: number;
  /** Functions that are looked at. */
  looked: number;
  /** Proposals that are approved and written. */
  changed: number;
  /** Changes of earlier nights that are looked at again. */
  settled: number;
}

/** Share of Lambda's calls that changes may use by default (`controlPlaneShare`). */
const CONTROL_PLANE_SHARE = 0.3;
const PAGE = 50;
const KEYS_PER_READ = 100;
const ADVISED_PER_PAGE = 1_000;
/** Logs are read until the budget is spent, whatever the account's size: measured where it was. */
const LOG_QUERIES_SECONDS = 30;
/** Of a batch's 50 functions five are analyzed and priced at once, two invocations each. */
const ROUNDS_PER_BATCH = 10;
/** GetFunction, and for most the two calls that tell who waits for it. */
const CONTROL_CALLS_PER_CANDIDATE = 1.9;
/** The claim, the proposal, and what PrepareApprovals reads of them. */
const LEDGER_CALLS_PER_CANDIDATE = 3;
const OPEN_CHANGES_AT_ONCE = 10;
/** VerifyChange and RecordOutcome of one change. */
const SETTLING_MS = 450;

/**
 * Seconds of a night at the rates that it keeps to, from its start to the last change, by counts: pages, batches and
 * turns, each at the longer of its pace and its latency. Handlers' computing is left out, as where it is measured; the
 * bench prints both for the sizes that it runs.
 */
export function modelledWallClock({ functions, looked, changed, settled }: NightSize): number {
  const paced = (rate: number, latencyMs: number): number => Math.max(1 / (rate * RATE_LIMIT_SHARE), latencyMs / 1000);
  const ledgerSeconds = callLatencyMs('DynamoDB', 'GetItem') / 1000;
  const discover =
    (functions / PAGE) * paced(AwsRate.lambdaControlPlane, callLatencyMs('Lambda', 'ListFunctions')) +
    (functions / KEYS_PER_READ) * ledgerSeconds;
  const memory =
    (functions / ADVISED_PER_PAGE) * (callLatencyMs('ComputeOptimizer', '') / 1000) +
    (functions / PAGE) * paced(AwsRate.describeLogGroups, callLatencyMs('CloudWatchLogs', 'DescribeLogGroups')) +
    LOG_QUERIES_SECONDS;
  const candidates =
    changed *
    (CONTROL_CALLS_PER_CANDIDATE * paced(AwsRate.lambdaControlPlane, callLatencyMs('Lambda', 'GetPolicy')) +
      LEDGER_CALLS_PER_CANDIDATE * ledgerSeconds);
  const changes = (changed * turnLengthMs({ lane: 'night', controlPlaneShare: CONTROL_PLANE_SHARE })) / 1000;
  const settling = (settled / OPEN_CHANGES_AT_ONCE) * (SETTLING_MS / 1000);
  return Math.round(settling + discover + memory + batches(looked) + candidates + changes);
}

function batches(looked: number): number {
  const { batchesAtOnce, secondsPerBatch } = batchPace(RATE_LIMIT_SHARE);
  const readingMs = INVOCATION_MS + callLatencyMs('CloudWatch', 'GetMetricData');
  const batchSeconds = secondsPerBatch + (readingMs + ROUNDS_PER_BATCH * 2 * INVOCATION_MS) / 1000;
  return (Math.ceil(looked / FUNCTIONS_PER_BATCH) / batchesAtOnce) * batchSeconds;
}
