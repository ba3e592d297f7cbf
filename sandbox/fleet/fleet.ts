import { type MeasuredCurve, measuredCurves } from './curve-library.ts';
import type { FleetFunction } from './fleet-function.ts';
import { FleetTelemetry } from './fleet-telemetry.ts';
import { type FleetOrigin, makeFunction } from './make-function.ts';
import { SeededStream } from './noise.ts';
import { functionKinds } from './special-functions.ts';
import type { TrafficPart } from './timeline.ts';

export interface FleetOptions {
  readonly seed: number;
  /** How many functions. */
  readonly functions: number;
  /** The simulated now at which the demo begins; history reaches back before it. */
  readonly startDate: Date | number;
  /** @default '123456789012' */
  readonly accountId?: string;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** Share of functions that nobody calls, at least 0 and below 1. @default - about one in twelve */
  readonly idleShare?: number;
}

/** What a scenario hook tells whoever holds the functions' configuration. */
export type FleetEvent =
  | {
      readonly kind: 'deploy';
      readonly fn: FleetFunction;
      readonly atMs: number;
      readonly memorySizeMb: number | undefined;
    }
  | { readonly kind: 'delete'; readonly fn: FleetFunction; readonly atMs: number };

/** Accepts a function or its name. */
export type FunctionRef = FleetFunction | string;

/**
 * Functions with measured duration curves and seeded traffic. Nothing is stored per metric point: every figure is a
 * formula over (seed, function, hour) and the function's timeline.
 */
export class Fleet {
  readonly origin: FleetOrigin;
  readonly functions: readonly FleetFunction[];
  readonly telemetry: FleetTelemetry;
  private readonly byName: Map<string, FleetFunction>;
  private nowMs: () => number;
  private readonly events: FleetEvent[] = [];
  private readonly listeners: ((event: FleetEvent) => void)[] = [];

  constructor(origin: FleetOrigin, functions: readonly FleetFunction[]) {
    this.origin = origin;
    this.functions = functions;
    this.byName = new Map(functions.map((fn) => [fn.name, fn]));
    this.nowMs = () => origin.startMs;
    this.telemetry = new FleetTelemetry(this.byName, () => this.nowMs());
  }

  /** Makes the metrics end at this clock's now; until then they end at the start date. */
  follow(now: () => number): void {
    this.nowMs = now;
  }

  /** Also hears of the events announced before. */
  onEvent(listener: (event: FleetEvent) => void): void {
    this.listeners.push(listener);
    for (const event of this.events) listener(event);
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  get(ref: FunctionRef): FleetFunction {
    const fn = typeof ref === 'string' ? this.byName.get(ref) : ref;
    if (!fn) throw new Error(`the fleet has no function named ${String(ref)}`);
    return fn;
  }

  /** Metrics and log lines of the last N minutes are missing. */
  delayMetricsByMinutes(minutes: number): void {
    this.telemetry.lateMinutes = minutes;
  }

  /** From then on, this serves the function's traffic (size, timeout, version; weights add up to 1). */
  configured(ref: FunctionRef, atMs: number, parts: readonly TrafficPart[]): void {
    this.get(ref).timeline.change(atMs, { parts, freshSinceMs: atMs });
  }

  /** From then on, the function has this reserved concurrency; undefined means none. */
  reserved(ref: FunctionRef, atMs: number, reservedConcurrency: number | undefined): void {
    this.get(ref).timeline.change(atMs, { reservedConcurrency });
  }

  /**
   * A deployment by the function's owner: new code, fresh environments; ends regressions and leaks. Deploys that carry
   * their own memory size put it back to what the template says.
   */
  deploy(ref: FunctionRef, at: Date | number, options: { memorySizeMb?: number } = {}): void {
    const fn = this.get(ref);
    const atMs = Number(at);
    fn.timeline.change(atMs, { durationFactor: 1, extraErrorRate: 0, leakMbPerHour: 0, freshSinceMs: atMs });
    this.tell({ kind: 'deploy', fn, atMs, memorySizeMb: options.memorySizeMb });
  }

  /** From then on, durations are multiplied by the factor and errors rise by a share of all invocations. */
  regress(ref: FunctionRef, at: Date | number, factor: number, extraErrorRate = 0): void {
    this.get(ref).timeline.change(Number(at), { durationFactor: factor, extraErrorRate });
  }

  /** From then on, environments need more memory with every hour since they were last replaced. */
  leak(ref: FunctionRef, at: Date | number, mbPerHour: number): void {
    this.get(ref).timeline.change(Number(at), { leakMbPerHour: mbPerHour, freshSinceMs: Number(at) });
  }

  /** The function is gone from then on. */
  delete(ref: FunctionRef, at: Date | number): void {
    const fn = this.get(ref);
    fn.timeline.change(Number(at), { deleted: true });
    this.tell({ kind: 'delete', fn, atMs: Number(at) });
  }

  private tell(event: FleetEvent): void {
    this.events.push(event);
    for (const listener of this.listeners) listener(event);
  }
}

/** Curves by group, so that a group of near-clones is not drawn more often than a lone function. */
function drawCurve(random: SeededStream, groups: readonly (readonly MeasuredCurve[])[]): MeasuredCurve {
  return random.pick(random.pick(groups));
}

/** A fleet from a seed. The same options give the same fleet, function by function. */
export function createFleet(options: FleetOptions): Fleet {
  const { seed, functions: count, accountId = '123456789012', region = 'us-east-1', idleShare } = options;
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`functions must be a whole number, got ${count}`);
  const startMs = Number(options.startDate);
  const origin: FleetOrigin = { startMs, accountId, region, ...(idleShare !== undefined && { idleShare }) };
  const groups = [...Map.groupBy(measuredCurves(), (curve) => curve.group).values()];
  const kinds = functionKinds(count, new SeededStream(seed, 'kinds'));
  const functions = kinds.map((kind, ordinal) => {
    const random = new SeededStream(seed, `function ${ordinal}`);
    return makeFunction(random, ordinal, kind, drawCurve(random, groups), origin);
  });
  return new Fleet(origin, functions);
}
