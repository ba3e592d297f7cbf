import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import {
  emptySeries,
  FULL_STATISTICS,
  type FunctionSeries,
  periodIndex,
  type Statistic,
} from '../../domain/night/evidence/metric-series.ts';
import {
  type EvidenceWindow,
  MAX_POINTS_PER_CALL,
  MAX_QUERIES_PER_CALL,
  periodsIn,
} from '../../domain/night/evidence/window.ts';
import { byPlace } from '../../domain/organization/place.ts';
import { callAws } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { type Pace, UNPACED } from '../pace.ts';
import { functionOf, type MetricSubject, metricQueries, readQueryId } from './metric-queries.ts';
import { failOnForbidden, failOnMessages, GET_METRIC_DATA } from './whole-answer.ts';

/** Lambda's own metrics of many functions. */
export interface MetricReader {
  /**
   * Every subject's series over the window, in the order given; undefined for one of which CloudWatch had only a part
   * to give, twice over. One without metrics has empty series, and so has a statistic that was not asked for.
   *
   * @param statistics @default - all nine
   */
  readSeries(
    subjects: readonly MetricSubject[],
    window: EvidenceWindow,
    statistics?: readonly Statistic[],
  ): Promise<(FunctionSeries | undefined)[]>;
}

/** A result that is still incomplete when all pages are read is asked for once more, together with the others. */
const READ_ATTEMPTS = 2;

interface CallResult {
  series: FunctionSeries[];
  /** Functions with a result that CloudWatch left incomplete. */
  incomplete: Set<number>;
}

/**
 * @param pace waits before each call, by the data points it asks for; one for all places, although each has rates of its
 * own: that is slower than need be and never too fast
 */
export function createMetricReader(pace: Pace = UNPACED, clients: PlaceClients = HERE): MetricReader {
  return {
    readSeries: async (subjects, window, statistics = FULL_STATISTICS) => {
      const perCall = functionsPerCall(window, statistics.length);
      const answers: (FunctionSeries | undefined)[] = [];
      for (const { place, things } of byPlace([...subjects.entries()], ([, subject]) => functionOf(subject))) {
        const cloudwatch = clients.at(CloudWatchClient, place);
        for (let start = 0; start < things.length; start += perCall) {
          const call = things.slice(start, start + perCall);
          const asked = call.map(([, subject]) => subject);
          await pace(asked.length * statistics.length * periodsIn(window));
          const series = await readCall(cloudwatch, asked, window, statistics);
          for (const [at, [index]] of call.entries()) answers[index] = series[at];
        }
      }
      return answers;
    },
  };
}

/** As many functions as the limits on queries and on points allow together. */
export function functionsPerCall(window: EvidenceWindow, queriesPerFunction: number = FULL_STATISTICS.length): number {
  const byQueries = Math.floor(MAX_QUERIES_PER_CALL / queriesPerFunction);
  const byPoints = Math.floor(MAX_POINTS_PER_CALL / (queriesPerFunction * Math.max(1, periodsIn(window))));
  return Math.max(1, Math.min(byQueries, byPoints));
}

async function readCall(
  cloudwatch: CloudWatchClient,
  subjects: readonly MetricSubject[],
  window: EvidenceWindow,
  statistics: readonly Statistic[],
) {
  const asked = { periodSeconds: window.periodSeconds, statistics };
  const input: GetMetricDataCommandInput = {
    MetricDataQueries: subjects.flatMap((subject, index) => metricQueries(subject, index, asked)),
    StartTime: new Date(window.startMs),
    EndTime: new Date(window.endMs),
    ScanBy: 'TimestampAscending',
    MaxDatapoints: MAX_POINTS_PER_CALL,
  };
  let result = await readPages(cloudwatch, input, subjects.length, window);
  for (let attempt = 1; attempt < READ_ATTEMPTS && result.incomplete.size > 0; attempt += 1) {
    result = await readPages(cloudwatch, input, subjects.length, window);
  }
  return result.series.map((series, index) => (result.incomplete.has(index) ? undefined : series));
}

async function readPages(
  cloudwatch: CloudWatchClient,
  input: GetMetricDataCommandInput,
  count: number,
  window: EvidenceWindow,
): Promise<CallResult> {
  const series = Array.from({ length: count }, () => emptySeries(window));
  const status = new Map<string, string | undefined>();
  let nextToken: string | undefined;
  do {
    const page = await callAws(GET_METRIC_DATA, () =>
      cloudwatch.send(new GetMetricDataCommand({ ...input, ...(nextToken && { NextToken: nextToken }) })),
    );
    for (const result of page.MetricDataResults ?? []) {
      addPoints(series, window, result);
      if (result.Id !== undefined) status.set(result.Id, result.StatusCode);
    }
    nextToken = page.NextToken;
    failOnMessages(page.Messages ?? []);
  } while (nextToken);
  return { series, incomplete: incompleteFunctions(status) };
}

/** A result's points may be spread over pages; PartialData until the last of them is in is how paging looks. */
function addPoints(
  series: readonly FunctionSeries[],
  window: EvidenceWindow,
  { Id, Timestamps = [], Values = [] }: MetricDataResult,
): void {
  const query = readQueryId(Id);
  const target = query && series[query.index]?.[query.statistic];
  if (target === undefined) return;
  for (let at = 0; at < Timestamps.length; at += 1) {
    const period = periodIndex(window, Timestamps[at]!.getTime());
    if (period >= 0 && period < target.length) target[Math.floor(period)] = Values[at] ?? Number.NaN;
  }
}

function incompleteFunctions(status: ReadonlyMap<string, string | undefined>): Set<number> {
  const incomplete = new Set<number>();
  for (const [id, code] of status) {
    failOnForbidden(code);
    const query = readQueryId(id);
    if (query && (code === 'PartialData' || code === 'InternalError')) incomplete.add(query.index);
  }
  return incomplete;
}
