/**
 * `npm run test:cost`: what one user costs a month, from work measured on the brief's example and dated prices,
 * against the brief's band. Exits 1 when it is above the band; below it is good news and said so.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { atMost, printReport } from './checks.ts';
import { type CostProfile, costPerUser } from './cost-per-user.ts';
import { EXAMPLE_LOAD, type ExampleMeasurement, measureExample } from './measure-example.ts';
import { median } from './statistics.ts';

/** As many users as environments: nobody queues for a core, so durations are the handler's own. */
const LOAD = { ...EXAMPLE_LOAD, users: 2, environments: 2, thinkSeconds: 0, requests: 4_000, warmUpRequests: 1_000 };

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    profile: { type: 'string' },
    'per-usd': { type: 'string' },
  },
});

const profile = readProfile();
const measured = await measureExample(LOAD);
const lines = costPerUser(measuredRequest(measured), profile);
const { code, perUsd, asOf } = profile.currency;
const total = lines.reduce((sum, each) => sum + each.usdPerUserPerMonth, 0) * perUsd;
const { low, high } = profile.bandPerUserPerMonth;

process.exitCode = printReport(
  {
    title: `Cost per user and month: ${code} ${total.toFixed(2)}, ${total < low ? 'below' : total > high ? 'above' : 'within'} the band of ${low} to ${high}`,
    tables: {
      'By item': lines.map((each) => ({
        item: each.item,
        [`${code} a user and month`]: each.usdPerUserPerMonth * perUsd,
        'USD a user and month': each.usdPerUserPerMonth,
        work: each.work,
        basis: each.basis,
      })),
    },
    checks: [atMost('cost per user and month', total, high, code, 'modelled')],
    assumptions: [
      'measured: durations, DynamoDB reads, cache hit rate, bytes of metric lines and number of custom metrics of the example on this machine',
      `modelled: prices (dated in the profile and the price tables), use of ${profile.questionsPerUserPerMonth} questions a user and month, CPU share of ${profile.memorySizeMb} MB, AI and storage; see bench/load/cost-profile.json`,
      `exchange rate ${perUsd} ${code} per USD, ${asOf}: configuration, not looked up`,
    ],
  },
  values.json,
);

function readProfile(): CostProfile {
  const file = values.profile ?? new URL('./cost-profile.json', import.meta.url);
  const read = JSON.parse(readFileSync(file, 'utf8')) as CostProfile;
  const rate = values['per-usd'];
  return rate === undefined
    ? read
    : { ...read, currency: { ...read.currency, perUsd: Number(rate), asOf: 'command line' } };
}

function measuredRequest({ totals, dynamoDB, initMs }: ExampleMeasurement) {
  const durationsMs = [...totals.hitMs, ...totals.missMs];
  const readsPerRequest = dynamoDB.reads / totals.requests;
  return {
    cacheHitRate: totals.cacheHits / totals.cacheLookups,
    meanDurationMs: durationsMs.reduce((sum, each) => sum + each, 0) / durationsMs.length,
    meanWaitMs: readsPerRequest * LOAD.dynamoDBServiceTimeMs,
    initMs: median(initMs),
    readsPerRequest,
    metricBytesPerRequest: totals.bytes / totals.requests,
    customMetrics: totals.customMetrics,
  };
}
