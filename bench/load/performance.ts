/**
 * `npm run test:performance`: the brief's performance targets against its example, measured: p95, error rate, cache
 * hit rate under a Zipf mix, and the cold load of fresh processes. Exits 1 on a miss.
 */
import { parseArgs } from 'node:util';
import { atLeast, below, printReport } from './checks.ts';
import { measureColdLoad } from './cold-load.ts';
import { EXAMPLE_LOAD, loadAssumptions, measureExample } from './measure-example.ts';
import { median, percentile, rounded } from './statistics.ts';

/** Fewer users than the load test, none of whom pauses: the service's own pace, with a queue at every moment. */
const LOAD = { ...EXAMPLE_LOAD, users: 50, thinkSeconds: 0, requests: 12_000, warmUpRequests: 1_000 };
const COLD_PROCESSES = 7;

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const cold = await measureColdLoad(COLD_PROCESSES, LOAD.dynamoDBServiceTimeMs);
const { load, totals } = await measureExample(LOAD);
const hitPercent = (100 * totals.cacheHits) / totals.cacheLookups;
const failedPercent = (100 * Math.max(load.failed, totals.errors)) / load.requests;

process.exitCode = printReport(
  {
    title: "Performance of the brief's example",
    tables: {
      'Warm (measured)': [
        {
          requests: load.requests,
          'requests/s': rounded(load.requestsPerSecond),
          'p50 ms': rounded(load.p50Ms),
          'p95 ms': rounded(load.p95Ms),
          'p99 ms': rounded(load.p99Ms),
          'function p95 on a hit, ms': percentile(totals.hitMs, 0.95),
          'function p95 on a miss, ms': percentile(totals.missMs, 0.95),
        },
      ],
      [`Cold, ${COLD_PROCESSES} fresh processes (measured)`]: [
        {
          'init median ms': rounded(median(cold.map((each) => each.initMs))),
          'first request median ms': rounded(median(cold.map((each) => each.firstRequestMs))),
          'sum, slowest ms': rounded(Math.max(...cold.map((each) => each.initMs + each.firstRequestMs))),
        },
      ],
    },
    checks: [
      below('p95 response time', load.p95Ms, 3_000, 'ms', 'measured'),
      below('error rate', failedPercent, 1, '%', 'measured'),
      atLeast('cache hit rate', hitPercent, 60, '%', 'measured'),
      below('cold load, init and first request, slowest', slowest(cold), 1_000, 'ms', 'measured'),
    ],
    assumptions: [
      ...loadAssumptions(LOAD),
      'measured: cold load is the time from reading the bundle to the first answer in a fresh process; starting Node and the platform’s own set-up are not in it',
    ],
  },
  values.json,
);

function slowest(runs: readonly { initMs: number; firstRequestMs: number }[]): number {
  return Math.max(...runs.map((each) => each.initMs + each.firstRequestMs));
}
