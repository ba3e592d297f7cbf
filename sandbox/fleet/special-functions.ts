import type { FunctionKind } from './fleet-function.ts';
import type { SeededStream } from './noise.ts';

/**
 * How many of a thousand functions are special. Rounded up per fleet, so that a small demo still meets every kind:
 * the shares are an assumption, chosen to exercise every exclusion rule rather than to mirror a census.
 */
const PER_THOUSAND: readonly (readonly [Exclude<FunctionKind, 'plain'>, number])[] = [
  ['image', 60],
  ['aliasPinned', 50],
  ['warnLogs', 20],
  ['deprecatedRuntime', 20],
  ['optedOut', 15],
  ['reservedZero', 8],
  ['inactive', 8],
  ['edgeReplica', 6],
  ['durable', 5],
  ['managedInstances', 5],
];

/** Below this size a fleet would be special functions only. */
const LEAST_FLEET_FOR_SPECIALS = 25;

/** A kind for each ordinal: specials spread over the fleet by a seeded shuffle. */
export function functionKinds(count: number, random: SeededStream): FunctionKind[] {
  const kinds: FunctionKind[] = [];
  if (count >= LEAST_FLEET_FOR_SPECIALS) {
    for (const [kind, perThousand] of PER_THOUSAND) {
      for (let left = Math.ceil((count * perThousand) / 1000); left > 0; left--) kinds.push(kind);
    }
  }
  while (kinds.length < count) kinds.push('plain');
  for (let index = count - 1; index > 0; index--) {
    const other = Math.floor(random.uniform() * (index + 1));
    [kinds[index], kinds[other]] = [kinds[other]!, kinds[index]!];
  }
  return kinds;
}
