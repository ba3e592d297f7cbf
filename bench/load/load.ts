/**
 * `npm run test:load`: a thousand concurrent users against the brief's example, served locally over HTTP with the
 * Lambda runtime contract; then, from what that measured, a simulated ramp to ten thousand. Exits 1 on a miss.
 */
import { parseArgs } from 'node:util';
import { atMost, below, type Check, printReport } from './checks.ts';
import { EXAMPLE_LOAD, type ExampleMeasurement, loadAssumptions, measureExample } from './measure-example.ts';
import { type RampModel, type RampStep, simulateRamp } from './simulate-ramp.ts';
import { rounded } from './statistics.ts';

const RAMP: RampModel = {
  steps: [1_000, 2_500, 5_000, 7_500, 10_000],
  secondsPerStep: 60,
  thinkSeconds: EXAMPLE_LOAD.thinkSeconds,
  keysPerUser: 5,
  zipfExponent: EXAMPLE_LOAD.zipfExponent,
  maxConcurrency: 1_000,
  environmentsPerTenSeconds: 1_000,
  invokeOverheadMs: 10,
  seed: 7,
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    users: { type: 'string', default: String(EXAMPLE_LOAD.users) },
    requests: { type: 'string', default: String(EXAMPLE_LOAD.requests) },
  },
});

const load = { ...EXAMPLE_LOAD, users: Number(values.users), requests: Number(values.requests) };
const measured = await measureExample(load);
const { hitMs, missMs } = measured.totals;
const steps = simulateRamp({ hitMs, missMs, initMs: measured.initMs }, RAMP);

process.exitCode = printReport(
  {
    title: `Load: ${load.users} concurrent users, measured; ramp to ${RAMP.steps.at(-1)} users, simulated`,
    tables: {
      'Local run (measured)': [localRow(measured)],
      'Stepped ramp (simulated)': steps.map(rampRow),
    },
    checks: [
      atMost('concurrent users held', load.users - measured.load.users, 0, 'missing', 'measured'),
      below('p95 of the local run', measured.load.p95Ms, 3_000, 'ms', 'measured'),
      below('failed requests of the local run', failedPercent(measured), 1, '%', 'measured'),
      ...steps.flatMap(rampChecks),
    ],
    assumptions: [
      ...loadAssumptions(load),
      `modelled: the ramp. Durations are drawn from the local run's; the same pauses, ${RAMP.keysPerUser} questions a user, ${RAMP.maxConcurrency} concurrent executions an account, ${RAMP.invokeOverheadMs} ms for network and service, each environment with its own (real) cache`,
    ],
  },
  values.json,
);

function failedPercent({ load: outcome }: ExampleMeasurement): number {
  return (100 * outcome.failed) / Math.max(1, outcome.requests);
}

function localRow({ load: outcome, totals }: ExampleMeasurement): Record<string, number> {
  return {
    users: load.users,
    requests: outcome.requests,
    'requests/s': rounded(outcome.requestsPerSecond),
    'p50 ms': rounded(outcome.p50Ms),
    'p95 ms': rounded(outcome.p95Ms),
    'p99 ms': rounded(outcome.p99Ms),
    failed: outcome.failed,
    'cache hit %': rounded((100 * totals.cacheHits) / totals.cacheLookups),
  };
}

function rampRow(step: RampStep): Record<string, number> {
  return {
    users: step.users,
    requests: step.requests,
    'requests/s': rounded(step.requestsPerSecond),
    'p50 ms': rounded(step.p50Ms),
    'p95 ms': rounded(step.p95Ms),
    'p99 ms': rounded(step.p99Ms),
    throttled: step.throttled,
    environments: step.environments,
    'cache hit %': rounded(100 * step.cacheHitRate),
  };
}

function rampChecks(step: RampStep): Check[] {
  return [
    below(`p95 at ${step.users} users`, step.p95Ms, 3_000, 'ms', 'modelled'),
    below(`throttled at ${step.users} users`, (100 * step.throttled) / step.requests, 1, '%', 'modelled'),
  ];
}
