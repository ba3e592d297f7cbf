import { setTimeout as wait } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createMetricReader } from '../../shared/clients/cloudwatch/function-metrics.ts';
import { SETTLING_MS } from '../../shared/domain/night/evidence/aggregate-metrics.ts';
import { sumSince } from '../../shared/domain/night/evidence/metric-series.ts';
import { TEST_FUNCTIONS } from './names.ts';

const CALL_EVERY_MS = 3_000;
/** How long a call takes, for the most part waiting. */
const CALL_MS = 200;

/** Calls each function every few seconds until somebody says stop; answers how many calls there were. */
export async function callUntil(over: () => boolean): Promise<number> {
  const lambda = new LambdaClient({});
  let calls = 0;
  while (!over()) {
    await Promise.all(
      TEST_FUNCTIONS.map((FunctionName) =>
        lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ ms: CALL_MS }) })),
      ),
    );
    calls += TEST_FUNCTIONS.length;
    await wait(CALL_EVERY_MS);
  }
  return calls;
}

const HOUR_MS = 3_600_000;
/** CloudWatch shows an invocation within a few minutes. */
const CLOUDWATCH_DELAY_MS = 5 * 60_000;

/**
 * When functions that exist by now have an hour of evidence: a night leaves the first hour after a change out, and looks
 * at whole hours of the clock.
 */
export const evidentAtMs = (nowMs: number): number =>
  Math.ceil((nowMs + SETTLING_MS) / HOUR_MS) * HOUR_MS + HOUR_MS + CLOUDWATCH_DELAY_MS;

/** CloudWatch's counts of those calls over the last hours: by themselves, and by their durations. */
export async function countBoth(): Promise<{ invocations: number; timedInvocations: number }> {
  const endMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const window = { startMs: endMs - 3 * HOUR_MS, endMs, periodSeconds: HOUR_MS / 1_000 };
  const all = await createMetricReader().readSeries(TEST_FUNCTIONS, window, ['invocations', 'timedInvocations']);
  const count = (statistic: 'invocations' | 'timedInvocations'): number =>
    all.reduce((sum, series) => sum + (series ? sumSince(series[statistic], window, window.startMs) : Number.NaN), 0);
  return { invocations: count('invocations'), timedInvocations: count('timedInvocations') };
}

/** Calls them until a night can judge them, which takes two to three hours. */
export function callUntilEvident(): Promise<number> {
  const endMs = evidentAtMs(Date.now());
  return callUntil(() => Date.now() >= endMs);
}
