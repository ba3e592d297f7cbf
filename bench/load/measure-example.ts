import { driveLoad, type LoadOutcome } from './drive-load.ts';
import type { EndpointCounts } from './dynamodb-endpoint.ts';
import type { EmfTotals } from './emf-lines.ts';
import { startLocalService } from './local-service.ts';

/** The load all three tests share; what differs between them is how many users and how many requests. */
export interface ExampleLoad {
  readonly users: number;
  readonly thinkSeconds: number;
  readonly requests: number;
  readonly warmUpRequests: number;
  readonly environments: number;
  readonly dynamoDBServiceTimeMs: number;
  readonly keys: number;
  readonly zipfExponent: number;
  readonly seed: number;
  readonly maxSeconds: number;
}

export interface ExampleMeasurement {
  readonly load: LoadOutcome;
  /** Of the whole run, the warm-up with its empty caches included. */
  readonly totals: EmfTotals;
  readonly dynamoDB: EndpointCounts;
  readonly initMs: readonly number[];
  readonly bundleBytes: number;
}

/**
 * Four environments on two cores: enough that waits overlap. Web request popularity follows Zipf's law with an
 * exponent near 1 (Breslau et al., 1999, found 0.64 to 0.83 at proxies, which see only what browsers' caches miss).
 */
export const EXAMPLE_LOAD: ExampleLoad = {
  users: 1_000,
  thinkSeconds: 4,
  requests: 8_000,
  warmUpRequests: 2_000,
  environments: 4,
  dynamoDBServiceTimeMs: 4,
  keys: 5_000,
  zipfExponent: 1,
  seed: 12,
  maxSeconds: 90,
};

const WARM_UP_USERS = 50;

/** Serves the brief's example on loopback and drives it, a short warm-up (timed apart, counted in) first. */
export async function measureExample(load: ExampleLoad): Promise<ExampleMeasurement> {
  const service = await startLocalService(load);
  try {
    const settings = { ...load, invokeUrl: service.invokeUrl };
    const warmUp = { users: WARM_UP_USERS, thinkSeconds: 0, requests: load.warmUpRequests, seed: load.seed + 1 };
    await driveLoad({ ...settings, ...warmUp });
    const outcome = await driveLoad(settings);
    const { initMs, bundleBytes } = service;
    return { load: outcome, ...(await service.observations()), initMs, bundleBytes };
  } finally {
    await service.stop();
  }
}

/** What the figures of a local run rest on, for its report. */
export function loadAssumptions(load: ExampleLoad): string[] {
  return [
    `measured: latency at the caller, failures, cache hits (from the function's own metric lines), init of each environment; autocannon, ${load.users} connections that ask, wait for the answer and pause ${load.thinkSeconds} s on average`,
    `measured on ${load.environments} execution environments (processes that speak the Lambda Runtime API, one invocation at a time) sharing this machine; requests queue where AWS would start more environments`,
    `measured on Node ${process.version} at this machine's speed, not at a memory size's CPU share; ${load.warmUpRequests} warm-up requests are counted in the hit rate, not in the latency`,
    `modelled: DynamoDB answers after ${load.dynamoDBServiceTimeMs} ms on loopback over TLS; ${load.keys} distinct questions, Zipf exponent ${load.zipfExponent}, seed ${load.seed}`,
  ];
}
