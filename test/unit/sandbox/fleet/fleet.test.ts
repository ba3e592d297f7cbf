import type { BucketGrid, MetricColumns } from '../../../../sandbox/account/telemetry.ts';
import { functionMonthlyCostUsd, monthlyCostUsd, trueMeanDurationMs } from '../../../../sandbox/fleet/accounting.ts';
import { createFleet, type Fleet } from '../../../../sandbox/fleet/fleet.ts';
import type { FleetFunction } from '../../../../sandbox/fleet/fleet-function.ts';

const START_MS = Date.UTC(2026, 10, 2);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const options = { seed: 3, functions: 300, startDate: START_MS };

function grid(days: number, periodMs: number, endMs = START_MS): BucketGrid {
  return { startMs: endMs - days * DAY_MS, periodMs, count: (days * DAY_MS) / periodMs };
}

function columns(fleet: Fleet, fn: FleetFunction, window: BucketGrid): MetricColumns {
  return fleet.telemetry.metrics(fn.name, {}, window)!;
}

function total(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0);
}

function busyBuckets(found: MetricColumns): number[] {
  return [...found.invocations.keys()].filter((bucket) => found.invocations[bucket]! > 0);
}

function percentiles(found: MetricColumns, bucket: number): number[] {
  return [0.5, 0.95, 0.99].map((p) => found.durationQuantileMs(p)[bucket]!);
}

function isAscending(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || values[index - 1]! <= value);
}

/** Any plain function with steady traffic between the bounds (calls an hour). */
function steadyFunction(fleet: Fleet, least: number, most: number): FleetFunction {
  const isSteady = ({ kind, traffic, initialMemorySizeMb }: FleetFunction) =>
    kind === 'plain' &&
    traffic.pattern === 'flat' &&
    traffic.invocationsPerHour >= least &&
    traffic.invocationsPerHour <= most &&
    initialMemorySizeMb >= 256;
  const found = fleet.functions.find((fn) => isSteady(fn) && fn.createdAtMs < START_MS - 30 * DAY_MS);
  if (!found) throw new Error('the fleet has no such function');
  return found;
}

describe('createFleet', () => {
  it('makes the same fleet from the same seed, another from another', () => {
    const names = (seed: number) =>
      createFleet({ ...options, seed }).functions.map(
        ({ name, initialMemorySizeMb }) => `${name} ${initialMemorySizeMb}`,
      );
    expect(names(3)).toEqual(names(3));
    expect(names(4)).not.toEqual(names(3));
  });

  it('gives unique names, every kind of special function, and a base size within its measured range', () => {
    const { functions } = createFleet(options);
    expect(new Set(functions.map(({ name }) => name)).size).toBe(300);
    expect(new Set(functions.map(({ kind }) => kind))).toEqual(
      new Set([
        'plain',
        'edgeReplica',
        'managedInstances',
        'durable',
        'image',
        'reservedZero',
        'deprecatedRuntime',
        'inactive',
        'aliasPinned',
        'optedOut',
        'warnLogs',
      ]),
    );
    for (const { curve, initialMemorySizeMb, maxMemoryUsedMb } of functions.filter(
      ({ kind }) => kind !== 'managedInstances',
    )) {
      expect(initialMemorySizeMb).toBeGreaterThanOrEqual(curve.sizes[0]!.memorySizeMb);
      expect(initialMemorySizeMb).toBeLessThanOrEqual(curve.sizes.at(-1)!.memorySizeMb);
      expect(maxMemoryUsedMb).toBeLessThanOrEqual(initialMemorySizeMb);
    }
  });

  it('is over-provisioned at the median, and spans idle to busy', () => {
    const { functions } = createFleet({ ...options, functions: 2_000 });
    const used = functions
      .map(({ maxMemoryUsedMb, initialMemorySizeMb }) => maxMemoryUsedMb / initialMemorySizeMb)
      .sort((a, b) => a - b);
    expect(used[1_000]!).toBeLessThan(0.4);
    const perHour = functions.map(({ traffic }) => traffic.invocationsPerHour).sort((a, b) => a - b);
    expect(perHour[0]).toBe(0);
    expect(perHour[200]!).toBeLessThan(1);
    expect(perHour.at(-1)!).toBeGreaterThan(50 * 3600);
  });
});

describe('metrics', () => {
  it('do not depend on the order or the window in which they are asked for', () => {
    const fleet = createFleet(options);
    const other = createFleet(options);
    const fn = steadyFunction(fleet, 5, 5_000);
    const twin = other.get(fn.name);
    for (const { name } of [...other.functions].reverse()) columns(other, other.get(name), grid(1, HOUR_MS));
    const hourly = columns(fleet, fn, grid(2, HOUR_MS));
    const again = columns(other, twin, grid(2, HOUR_MS));
    expect([...again.durationSumMs]).toEqual([...hourly.durationSumMs]);
    expect([...again.durationQuantileMs(0.99)]).toEqual([...hourly.durationQuantileMs(0.99)]);
  });

  it.each([
    [1, 20],
    [50, 1_000],
    [5_000, 1e9],
  ])('add up over minutes, hours and days at %d to %d calls an hour', (least, most) => {
    const fleet = createFleet({ ...options, functions: 1_000 });
    const fn = steadyFunction(fleet, least, most);
    fleet.regress(fn, START_MS - 30 * HOUR_MS - 17 * 60_000, 2, 0.1);
    const [minutes, hours, days] = [60_000, HOUR_MS, DAY_MS].map((periodMs) => columns(fleet, fn, grid(2, periodMs)));
    for (const column of ['invocations', 'errors', 'throttles'] as const) {
      expect(total(minutes![column])).toBe(total(hours![column]));
      expect(total(hours![column])).toBe(total(days![column]));
    }
    expect(total(hours!.invocations)).toBeGreaterThan(0);
    expect(total(minutes!.durationSumMs) / total(hours!.durationSumMs)).toBeCloseTo(1, 9);
    expect(total(hours!.durationSumMs) / total(days!.durationSumMs)).toBeCloseTo(1, 9);
    const longest = (of: MetricColumns) => Math.max(...of.durationMaxMs);
    expect(longest(minutes!)).toBeLessThanOrEqual(longest(hours!) * (1 + 1e-12));
    expect(longest(hours!)).toBe(longest(days!));
  });

  it('keep p50 ≤ p95 ≤ p99 ≤ maximum ≤ timeout, and errors ≤ invocations', () => {
    const fleet = createFleet(options);
    for (const fn of fleet.functions) {
      const found = columns(fleet, fn, grid(3, HOUR_MS));
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => found.durationQuantileMs(p));
      const timeoutMs = fn.initialTimeoutS * 1000 * (1 + 1e-9);
      const rows = busyBuckets(found).map((bucket) => ({
        durations: [0, p50![bucket]!, p95![bucket]!, p99![bucket]!, found.durationMaxMs[bucket]!, timeoutMs],
        counts: [0, found.errors[bucket]!, found.invocations[bucket]!],
      }));
      expect(rows.filter(({ durations, counts }) => !isAscending(durations) || !isAscending(counts))).toEqual([]);
    }
  });

  it('of a single invocation are all the same', () => {
    const fleet = createFleet(options);
    let singles = 0;
    for (const fn of fleet.functions) {
      const found = columns(fleet, fn, grid(3, HOUR_MS));
      for (const bucket of busyBuckets(found).filter((candidate) => found.invocations[candidate] === 1)) {
        singles++;
        const longest = found.durationMaxMs[bucket]!;
        expect([...percentiles(found, bucket), found.durationSumMs[bucket]!]).toEqual([
          longest,
          longest,
          longest,
          longest,
        ]);
      }
    }
    expect(singles).toBeGreaterThan(0);
  });

  it('average to the measured curve at the size in force', () => {
    const fleet = createFleet({ ...options, functions: 1_000 });
    const fn = steadyFunction(fleet, 500, 1e9);
    const found = columns(fleet, fn, grid(14, DAY_MS));
    expect(
      total(found.durationSumMs) / total(found.invocations) / trueMeanDurationMs(fn, fn.initialMemorySizeMb),
    ).toBeCloseTo(1, 1);
    const mean = (days: BucketGrid) =>
      total(columns(fleet, fn, days).durationSumMs) / total(columns(fleet, fn, days).invocations);
    const smaller = fn.initialMemorySizeMb / 2;
    fleet.configured(fn, START_MS - 7 * DAY_MS, [
      { weight: 1, memorySizeMb: smaller, timeoutS: 900, version: '$LATEST' },
    ]);
    const ratio = mean(grid(7, DAY_MS)) / mean(grid(7, DAY_MS, START_MS - 7 * DAY_MS));
    const expected = trueMeanDurationMs(fn, smaller) / trueMeanDurationMs(fn, fn.initialMemorySizeMb);
    expect(ratio / expected).toBeGreaterThan(0.95);
    expect(ratio / expected).toBeLessThan(1.05);
  });

  it('follow the week: an office function sleeps at night and at the weekend', () => {
    const fleet = createFleet({ ...options, functions: 2_000 });
    const fn = fleet.functions.find(
      ({ kind, traffic }) =>
        kind === 'plain' &&
        traffic.pattern === 'office' &&
        traffic.hoursAheadOfUtc === 0 &&
        traffic.invocationsPerHour > 1_000,
    )!;
    const week = columns(fleet, fn, grid(7, HOUR_MS)).invocations;
    const [monday13, monday3, saturday13] = [13, 3, 5 * 24 + 13].map((hour) => week[hour]!);
    expect(monday13).toBeGreaterThan(4 * monday3!);
    expect(monday13).toBeGreaterThan(3 * saturday13!);
  });

  it('end at the present, or earlier when late', () => {
    const fleet = createFleet(options);
    const fn = steadyFunction(fleet, 50, 1e9);
    const ahead: BucketGrid = { startMs: START_MS - HOUR_MS, periodMs: HOUR_MS, count: 2 };
    const before = columns(fleet, fn, ahead).invocations;
    expect(before[0]).toBeGreaterThan(0);
    expect(before[1]).toBe(0);
    fleet.delayMetricsByMinutes(30);
    const late = columns(fleet, fn, ahead).invocations[0]!;
    expect(late).toBeGreaterThan(0.3 * before[0]!);
    expect(late).toBeLessThan(0.7 * before[0]!);
  });
});

describe('scenarios', () => {
  it('a regression lengthens durations and raises errors until the next deployment', () => {
    const fleet = createFleet(options);
    const fn = steadyFunction(fleet, 100, 1e9);
    const [badMs, goodMs] = [START_MS - 2 * DAY_MS, START_MS - DAY_MS];
    fleet.deploy(fn, goodMs);
    fleet.regress(fn, badMs, 1.5, 0.2);
    const found = columns(fleet, fn, grid(3, DAY_MS));
    const mean = (day: number) => found.durationSumMs[day]! / found.invocations[day]!;
    const errors = (day: number) => found.errors[day]! / found.invocations[day]!;
    expect(mean(1) / mean(0)).toBeGreaterThan(1.35);
    expect(mean(2) / mean(0)).toBeLessThan(1.1);
    expect(errors(1)).toBeGreaterThan(0.15);
    expect(errors(2)).toBeLessThan(0.05);
  });

  it('a leak ends in invocations that die with all memory used, until environments are replaced', () => {
    const fleet = createFleet(options);
    const fn = steadyFunction(fleet, 100, 1e9);
    const headroomMb = fn.initialMemorySizeMb - fn.maxMemoryUsedMb;
    fleet.leak(fn, START_MS - 10 * DAY_MS, headroomMb / (5 * 24));
    const found = columns(fleet, fn, grid(11, DAY_MS));
    expect(found.errors[2]! / found.invocations[2]!).toBeLessThan(0.05);
    expect(found.errors[10]! / found.invocations[10]!).toBeGreaterThan(0.3);
    const { rows } = fleet.telemetry.logs(fn.name, START_MS - DAY_MS, START_MS)!;
    expect(
      rows.some(
        ({ status, maxMemoryUsedMb, memorySizeMb }) => status === 'failure' && maxMemoryUsedMb === memorySizeMb,
      ),
    ).toBe(true);
  });

  it('a size below what the function needs kills invocations', () => {
    const fleet = createFleet({ ...options, functions: 1_000 });
    const fn = fleet.functions.find(
      ({ kind, maxMemoryUsedMb, traffic }) =>
        kind === 'plain' && maxMemoryUsedMb > 200 && traffic.invocationsPerHour > 100,
    )!;
    fleet.configured(fn, START_MS - DAY_MS, [{ weight: 1, memorySizeMb: 128, timeoutS: 900, version: '$LATEST' }]);
    const found = columns(fleet, fn, grid(1, DAY_MS));
    expect(found.errors[0]! / found.invocations[0]!).toBeGreaterThan(0.3);
  });

  it('a deleted function has no traffic any more', () => {
    const fleet = createFleet(options);
    const fn = steadyFunction(fleet, 100, 1e9);
    fleet.delete(fn, START_MS - DAY_MS);
    const [before, after] = columns(fleet, fn, grid(2, DAY_MS)).invocations;
    expect(before).toBeGreaterThan(0);
    expect(after).toBe(0);
    expect(functionMonthlyCostUsd(fn, START_MS)).toBe(0);
  });

  it('reserved concurrency turns the excess into throttles, and zero turns all of it', () => {
    const fleet = createFleet({ ...options, functions: 1_000 });
    const busy = fleet.functions.find((fn) => Math.max(...columns(fleet, fn, grid(1, HOUR_MS)).concurrencyMax) > 20)!;
    fleet.reserved(busy, START_MS - DAY_MS, 5);
    const found = columns(fleet, busy, grid(1, DAY_MS));
    expect(found.concurrencyMax[0]).toBe(5);
    expect(found.throttles[0]).toBeGreaterThan(0);
    const off = fleet.functions.find(
      ({ kind, traffic }) => kind === 'reservedZero' && traffic.invocationsPerHour > 10,
    )!;
    const none = columns(fleet, off, grid(1, DAY_MS));
    expect(total(none.invocations)).toBe(0);
    expect(total(none.throttles)).toBeGreaterThan(0);
  });
});

describe('report lines', () => {
  it('count as many as the metrics, with the same durations, and cover all sizes in force', () => {
    const fleet = createFleet(options);
    const fn = steadyFunction(fleet, 2, 1e9);
    fleet.configured(fn, START_MS - DAY_MS, [{ weight: 1, memorySizeMb: 384, timeoutS: 900, version: '$LATEST' }]);
    const { rows } = fleet.telemetry.logs(fn.name, START_MS - 2 * DAY_MS, START_MS)!;
    const found = columns(fleet, fn, grid(2, DAY_MS));
    const sum = (value: (row: (typeof rows)[number]) => number) =>
      rows.reduce((all, row) => all + row.count * value(row), 0);
    expect(sum(() => 1)).toBe(total(found.invocations));
    expect(sum(({ durationMs }) => durationMs) / total(found.durationSumMs)).toBeCloseTo(1, 3);
    expect(new Set(rows.map(({ memorySizeMb }) => memorySizeMb))).toEqual(new Set([fn.initialMemorySizeMb, 384]));
    expect(sum(({ status }) => (status === 'success' ? 0 : 1))).toBe(total(found.errors));
    for (const row of rows) {
      expect(row.maxMemoryUsedMb).toBeLessThanOrEqual(row.memorySizeMb);
      expect(row.billedDurationMs).toBeGreaterThanOrEqual(row.durationMs + (row.initDurationMs ?? 0));
    }
  });

  it('of successes are missing where the system log level is WARN', () => {
    const fleet = createFleet({ ...options, functions: 1_000 });
    const quiet = fleet.functions.filter(({ kind }) => kind === 'warnLogs');
    const rows = quiet.flatMap((fn) => fleet.telemetry.logs(fn.name, START_MS - 7 * DAY_MS, START_MS)!.rows);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ status }) => status !== 'success')).toBe(true);
  });

  it('are gone after the retention', () => {
    const fleet = createFleet({ ...options, functions: 1_000 });
    const fn = fleet.functions.find(
      ({ logging, traffic, createdAtMs }) =>
        logging.retentionDays === 7 && traffic.invocationsPerHour > 10 && createdAtMs < START_MS - 30 * DAY_MS,
    )!;
    expect(fleet.telemetry.logs(fn.name, START_MS - 14 * DAY_MS, START_MS - 8 * DAY_MS)!.rows).toEqual([]);
    expect(fleet.telemetry.logs(fn.name, START_MS - 14 * DAY_MS, START_MS)!.rows.length).toBeGreaterThan(0);
  });
});

describe('accounting', () => {
  it('prices one function as the money formula does by hand', () => {
    const fleet = createFleet(options);
    const fn = steadyFunction(fleet, 100, 1e9);
    const ms = Math.ceil(trueMeanDurationMs(fn, fn.initialMemorySizeMb)) + fn.coldStartShare * fn.initDurationMs;
    const perGbSecond = fn.architecture === 'arm64' ? 0.0000133334 : 0.0000166667;
    const storage = ((fn.ephemeralStorageMb - 512) / 1024) * 0.0000000309;
    const one = (ms / 1000) * ((fn.initialMemorySizeMb / 1024) * perGbSecond + storage) + 0.0000002;
    expect(functionMonthlyCostUsd(fn, START_MS)).toBeCloseTo(one * fn.traffic.invocationsPerHour * 730, 6);
  });

  it('changes by sizes alone: neither by noise, time nor a regression', () => {
    const fleet = createFleet(options);
    const before = monthlyCostUsd(fleet, START_MS);
    const fn = steadyFunction(fleet, 1_000, 1e9);
    fleet.regress(fn, START_MS + DAY_MS, 3);
    expect(monthlyCostUsd(fleet, START_MS + 2 * DAY_MS)).toBe(before);
    const memorySizeMb = fn.initialMemorySizeMb + 1;
    fleet.configured(fn, START_MS + 3 * DAY_MS, [
      { weight: 1, memorySizeMb, timeoutS: fn.initialTimeoutS, version: '$LATEST' },
    ]);
    expect(monthlyCostUsd(fleet, START_MS + 4 * DAY_MS)).not.toBe(before);
    expect(monthlyCostUsd(fleet, START_MS + 2 * DAY_MS)).toBe(before);
  });
});
