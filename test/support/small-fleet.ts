import { type MeasuredCurve, meanDurationMs, measuredCurves } from '../../sandbox/fleet/curve-library.ts';
import { Fleet } from '../../sandbox/fleet/fleet.ts';
import type { FleetFunction, FunctionKind } from '../../sandbox/fleet/fleet-function.ts';
import { makeFunction } from '../../sandbox/fleet/make-function.ts';
import { SeededStream } from '../../sandbox/fleet/noise.ts';
import { HOUR_MS, type TrafficPattern } from '../../sandbox/fleet/traffic.ts';

const DAY_MS = 24 * HOUR_MS;
/** Six runs of a monthly job. */
const LONG_ENOUGH_DAYS = 200;
/** Mean over the whole time, so that halving memory is worth a question. */
const CALLS_PER_HOUR = 1_000;

export interface SmallFleetOptions {
  functions: number;
  startMs: number;
  seed?: number;
  /** @default every function is plain */
  kind?: FunctionKind;
  /** @default the embedded account's own */
  accountId?: string;
  /** @default 'us-east-1' */
  region?: string;
}

/**
 * Functions that the first night will propose to change: old, busy around the clock, and with far more memory than they
 * use or gain speed by. Drawn like any fleet's, the others are passed over.
 */
export function oversizedFleet(options: SmallFleetOptions): Fleet {
  const { functions, startMs, seed = 1, kind = 'plain', accountId = '123456789012', region = 'us-east-1' } = options;
  const origin = { startMs, accountId, region };
  const curves = measuredCurves();
  const drawn: FleetFunction[] = [];
  for (let ordinal = 0; drawn.length < functions; ordinal += 1) {
    const random = new SeededStream(seed, `function ${ordinal}`);
    const fn = makeFunction(random, ordinal, kind, random.pick(curves), origin);
    if (isOversized(fn, startMs)) drawn.push(fn);
  }
  return new Fleet(origin, drawn);
}

/** The first that is so clear a case that no handler's luck decides about size, timeout or risk. */
const PASSED_OVER = 7;

/**
 * Handlers of one stack that are made of one bundle, one for each queue: alike in everything but their name and their luck.
 * The first night will propose the same change of each.
 */
export function handlersOfOneBundle(queues: readonly string[], startMs: number): Fleet {
  const origin = { startMs, accountId: '123456789012', region: 'us-east-1' };
  const curves = measuredCurves();
  const draw = (ordinal: number): FleetFunction => {
    const random = new SeededStream(1, `function ${ordinal}`);
    return makeFunction(random, ordinal, 'plain', random.pick(curves), origin);
  };
  let ordinal = 0;
  for (let passed = 0; passed < PASSED_OVER || !isOversized(draw(ordinal), startMs); ordinal += 1)
    if (isOversized(draw(ordinal), startMs)) passed += 1;
  const handlers = queues.map((queue, at): FleetFunction => {
    const { logging, seed, ...drawn } = draw(ordinal);
    const name = `queues-prod-${queue}`;
    return {
      ...drawn,
      name,
      seed: seed + at,
      codeSha256: 'one-bundle',
      logging: { ...logging, logGroup: `/aws/lambda/${name}` },
      tags: { 'aws:cloudformation:stack-name': 'queues-prod' },
    };
  });
  return new Fleet(origin, handlers);
}

/** The same, but each called in one hour a week or a month, by pattern, with what a busy function has in all that time. */
export function restingFleet(startMs: number, patterns: readonly TrafficPattern[]): Fleet {
  const { origin, functions } = oversizedFleet({ functions: 3 * patterns.length, startMs });
  const old = functions.filter(({ createdAtMs }) => startMs - createdAtMs > LONG_ENOUGH_DAYS * DAY_MS);
  const resting = patterns.map((pattern, at) => {
    const { traffic, ...fn } = old[at]!;
    return { ...fn, traffic: { ...traffic, pattern, invocationsPerHour: CALLS_PER_HOUR, hoursAheadOfUtc: 0 } };
  });
  return new Fleet(origin, resting);
}

/** Any functions that could have twice their memory, which is cheap to draw a thousand of. */
export function plainFleet(functions: number, startMs: number): Fleet {
  const origin = { startMs, accountId: '123456789012', region: 'us-east-1' };
  const curves = measuredCurves();
  const drawn: FleetFunction[] = [];
  for (let ordinal = 0; drawn.length < functions; ordinal += 1) {
    const random = new SeededStream(1, `function ${ordinal}`);
    const fn = makeFunction(random, ordinal, 'plain', random.pick(curves), origin);
    if (fn.initialMemorySizeMb <= 4096) drawn.push(fn);
  }
  return new Fleet(origin, drawn);
}

function isOversized(
  { createdAtMs, curve, initialMemorySizeMb, maxMemoryUsedMb, traffic, ...fn }: FleetFunction,
  startMs: number,
) {
  return (
    startMs - createdAtMs > 60 * DAY_MS &&
    traffic.pattern === 'flat' &&
    traffic.invocationsPerHour > 300 &&
    initialMemorySizeMb >= 512 &&
    maxMemoryUsedMb < initialMemorySizeMb / 4 &&
    fn.baseErrorRate === 0 &&
    fn.logging.logGroup.startsWith('/aws/lambda/') &&
    (fn.logging.retentionDays ?? 90) >= 14 &&
    hardlyGains(curve, initialMemorySizeMb)
  );
}

/** Whether the function is about as fast at half its size. */
function hardlyGains(curve: MeasuredCurve, memorySizeMb: number): boolean {
  return meanDurationMs(curve, memorySizeMb / 2) < meanDurationMs(curve, memorySizeMb) * 1.03;
}
