import { ResponseCache } from '../../shared/connection-pool/response-cache.ts';
import { percentile } from './statistics.ts';
import { seededRandom, zipfSampler } from './zipf.ts';

/** Durations measured on the local service; everything else in the ramp is a model. */
export interface MeasuredWork {
  readonly hitMs: readonly number[];
  readonly missMs: readonly number[];
  readonly initMs: readonly number[];
}

export interface RampModel {
  /** Users of each step; a step begins with the environments that the one before it left warm. */
  readonly steps: readonly number[];
  readonly secondsPerStep: number;
  /** Mean pause between an answer and the user's next question, half to one and a half times as long. */
  readonly thinkSeconds: number;
  readonly keysPerUser: number;
  readonly zipfExponent: number;
  /** The account's concurrent executions; Lambda's default quota is 1,000. */
  readonly maxConcurrency: number;
  /** Environments a function may start in ten seconds: 1,000, the documented scaling rate. */
  readonly environmentsPerTenSeconds: number;
  /** Network and Lambda's own share of every answer. */
  readonly invokeOverheadMs: number;
  readonly seed: number;
}

export interface RampStep {
  readonly users: number;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly throttled: number;
  readonly coldStarts: number;
  readonly environments: number;
  readonly cacheHitRate: number;
}

interface Environment {
  freeAtMs: number;
  readonly cache: ResponseCache;
}

/**
 * A ramp of users on Lambda, simulated: one request an environment at a time, a new environment when none is idle, a
 * throttle when the account or the scaling rate allows none. Each environment has a cache of its own, the product's
 * own class in virtual time. Service and init times are drawn from what was measured; the same seed, the same ramp.
 */
export function simulateRamp(work: MeasuredWork, model: RampModel): RampStep[] {
  const random = seededRandom(model.seed);
  const fleet = new Fleet(work, model, random);
  return model.steps.map((users, index) =>
    simulateStep(fleet, users, index * model.secondsPerStep * 1_000, model, random),
  );
}

function simulateStep(fleet: Fleet, users: number, beginMs: number, model: RampModel, random: () => number): RampStep {
  const nextKey = zipfSampler(users * model.keysPerUser, model.zipfExponent, random);
  const think = () => (0.5 + random()) * model.thinkSeconds * 1_000;
  const endMs = beginMs + model.secondsPerStep * 1_000;
  const calls = new CallQueue();
  for (let user = 0; user < users; user++) calls.add(beginMs + random() * model.thinkSeconds * 1_000);
  const latenciesMs: number[] = [];
  const before = fleet.counts();
  for (let atMs = calls.next(); atMs < endMs; atMs = calls.next()) {
    const latencyMs = fleet.answer(atMs, `student-question-${nextKey()}`);
    if (latencyMs !== undefined) latenciesMs.push(latencyMs);
    calls.add(atMs + (latencyMs ?? 0) + think());
  }
  const after = fleet.counts();
  const throttled = after.throttled - before.throttled;
  const lookups = after.hits + after.misses - before.hits - before.misses;
  return {
    users,
    requests: latenciesMs.length + throttled,
    requestsPerSecond: (latenciesMs.length + throttled) / model.secondsPerStep,
    p50Ms: percentile(latenciesMs, 0.5),
    p95Ms: percentile(latenciesMs, 0.95),
    p99Ms: percentile(latenciesMs, 0.99),
    throttled,
    coldStarts: after.coldStarts - before.coldStarts,
    environments: after.coldStarts,
    cacheHitRate: (after.hits - before.hits) / lookups,
  };
}

class Fleet {
  readonly #work: MeasuredWork;
  readonly #model: RampModel;
  readonly #random: () => number;
  readonly #environments: Environment[] = [];
  readonly #startsMs: number[] = [];
  #nowMs = 0;
  #hits = 0;
  #misses = 0;
  #throttled = 0;

  constructor(work: MeasuredWork, model: RampModel, random: () => number) {
    this.#work = work;
    this.#model = model;
    this.#random = random;
  }

  counts() {
    const coldStarts = this.#environments.length;
    return { hits: this.#hits, misses: this.#misses, throttled: this.#throttled, coldStarts };
  }

  /** Latency in ms of a call, or undefined when it was throttled. */
  answer(atMs: number, key: string): number | undefined {
    this.#nowMs = atMs;
    const idle = this.#mostRecentlyIdle(atMs);
    const environment = idle ?? this.#start(atMs);
    if (environment === undefined) {
      this.#throttled += 1;
      return undefined;
    }
    const initMs = idle === undefined ? this.#draw(this.#work.initMs) : 0;
    const busyMs = initMs + this.#serve(environment.cache, key);
    environment.freeAtMs = atMs + busyMs;
    return busyMs + this.#model.invokeOverheadMs;
  }

  #serve(cache: ResponseCache, key: string): number {
    if (cache.get(key) !== undefined) {
      this.#hits += 1;
      return this.#draw(this.#work.hitMs);
    }
    this.#misses += 1;
    cache.set(key, true, 86_400);
    return this.#draw(this.#work.missMs);
  }

  #mostRecentlyIdle(atMs: number): Environment | undefined {
    let best: Environment | undefined;
    for (const each of this.#environments) {
      if (each.freeAtMs <= atMs && (best === undefined || each.freeAtMs > best.freeAtMs)) best = each;
    }
    return best;
  }

  #start(atMs: number): Environment | undefined {
    while (this.#startsMs.length > 0 && this.#startsMs[0]! <= atMs - 10_000) this.#startsMs.shift();
    if (this.#environments.length >= this.#model.maxConcurrency) return undefined;
    if (this.#startsMs.length >= this.#model.environmentsPerTenSeconds) return undefined;
    this.#startsMs.push(atMs);
    const environment = { freeAtMs: atMs, cache: new ResponseCache({ nowMs: () => this.#nowMs }) };
    this.#environments.push(environment);
    return environment;
  }

  #draw(values: readonly number[]): number {
    return values[Math.floor(this.#random() * values.length)] ?? 0;
  }
}

/** The users' next calls, earliest first: a binary heap of times. */
class CallQueue {
  readonly #heap: number[] = [];

  add(atMs: number): void {
    const heap = this.#heap;
    let index = heap.push(atMs) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (heap[parent]! <= atMs) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = atMs;
  }

  next(): number {
    const heap = this.#heap;
    const first = heap[0] ?? Number.POSITIVE_INFINITY;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let index = 0;
    for (let child = 1; child < heap.length; child = 2 * index + 1) {
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1;
      if (heap[child]! >= last) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}
