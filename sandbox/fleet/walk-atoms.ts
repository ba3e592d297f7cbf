import { Atom, spreadBefore } from './atom.ts';
import type { FleetFunction } from './fleet-function.ts';
import { mix, uniform } from './noise.ts';
import type { Regime } from './timeline.ts';
import { HOUR_MS, invocationsInHour } from './traffic.ts';

// Local, because a test runner's sandbox makes every look-up of a global costly.
const { floor, max, min, round } = Math;

const SALT_ARRIVAL = 0x6d35;

/** How many of `total` evenly spread arrivals, each jittered within its slot, come before a share of the hour. */
function arrivalsBefore(total: number, share: number, hash: number): number {
  if (share <= 0) return 0;
  if (share >= 1) return total;
  const position = share * total;
  const whole = floor(position);
  return whole + (uniform(mix(hash ^ SALT_ARRIVAL, whole)) < position - whole ? 1 : 0);
}

const shared = new Atom();

/** Visits every atom of the function's traffic that overlaps [startMs, endMs), in order of time. */
export function walkAtoms(
  fn: FleetFunction,
  startMs: number,
  endMs: number,
  visit: (atom: Atom, hourMs: number) => void,
): void {
  const regimes = fn.timeline.regimes;
  let regimeIndex = 0;
  const from = max(startMs, fn.createdAtMs);
  for (let hour = floor(from / HOUR_MS); hour * HOUR_MS < endMs; hour++) {
    const attempts = invocationsInHour(fn.traffic, hour);
    if (attempts === 0) continue;
    const hourMs = hour * HOUR_MS;
    while (regimeIndex + 1 < regimes.length && regimes[regimeIndex + 1]!.fromMs <= hourMs) regimeIndex++;
    for (let index = regimeIndex; index < regimes.length && regimes[index]!.fromMs < hourMs + HOUR_MS; index++) {
      visitRegime(fn, regimes, index, hour, attempts, from, endMs, visit);
    }
  }
}

function visitRegime(
  fn: FleetFunction,
  regimes: readonly Regime[],
  index: number,
  hour: number,
  attempts: number,
  startMs: number,
  endMs: number,
  visit: (atom: Atom, hourMs: number) => void,
): void {
  const regime = regimes[index]!;
  const hourMs = hour * HOUR_MS;
  const fromMs = max(hourMs, regime.fromMs);
  const toMs = min(hourMs + HOUR_MS, regimes[index + 1]?.fromMs ?? Infinity);
  if (regime.deleted || toMs <= startMs || fromMs >= endMs || toMs <= fromMs) return;
  const hash = mix(fn.seed, hour);
  const first = arrivalsBefore(attempts, (fromMs - hourMs) / HOUR_MS, hash);
  const last = arrivalsBefore(attempts, (toMs - hourMs) / HOUR_MS, hash);
  const low = startMs <= fromMs ? first : arrivalsBefore(attempts, (startMs - hourMs) / HOUR_MS, hash);
  const high = endMs >= toMs ? last : arrivalsBefore(attempts, (endMs - hourMs) / HOUR_MS, hash);
  if (last === first) return;
  const atom = shared;
  atom.fn = fn;
  atom.regime = regime;
  // The offset sets the regimes of one hour apart.
  atom.hash = mix(hash, first);
  visitParts(atom, regime, last - first, low - first, high - first, hourMs, (toMs - fromMs) / HOUR_MS, visit);
}

function visitParts(
  atom: Atom,
  regime: Regime,
  attempts: number,
  low: number,
  high: number,
  hourMs: number,
  shareOfHour: number,
  visit: (atom: Atom, hourMs: number) => void,
): void {
  let weightBefore = 0;
  for (let index = 0; index < regime.parts.length; index++) {
    const part = regime.parts[index]!;
    const before = round(attempts * weightBefore);
    weightBefore += part.weight;
    const count = (index === regime.parts.length - 1 ? attempts : round(attempts * weightBefore)) - before;
    if (count === 0) continue;
    atom.part = part;
    atom.partIndex = index;
    atom.describe(count, hourMs, shareOfHour);
    atom.fromIndex = spreadBefore(atom.invocations, attempts, low);
    atom.toIndex = spreadBefore(atom.invocations, attempts, high);
    const { throttles } = atom;
    atom.throttlesInWindow = spreadBefore(throttles, attempts, high) - spreadBefore(throttles, attempts, low);
    visit(atom, hourMs);
  }
}
