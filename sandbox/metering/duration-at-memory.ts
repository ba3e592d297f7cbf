import { ONE_VCPU_MB } from '../../shared/domain/night/recommendation/memory-sizes.ts';
import { logShape } from '../../shared/domain/night/recommendation/shape.ts';

/** What an invocation does: computing on one thread, and waiting that no memory shortens. */
export interface Work {
  /** On a whole CPU. */
  readonly cpuMs: number;
  readonly waitedMs: number;
}

/** How long it takes at a memory size, in ms: by the recommendation model's own curve of a function on one thread. */
export function durationMsAt({ cpuMs, waitedMs }: Work, memorySizeMb: number): number {
  const wholeMs = cpuMs + waitedMs;
  if (wholeMs === 0) return 0;
  const shape = {
    ...{ ioShare: waitedMs / wholeMs, exponent: 1, saturationMb: ONE_VCPU_MB },
    ...{ parallelShare: 0, parallelMb: ONE_VCPU_MB },
  };
  return wholeMs * Math.exp(logShape(shape, memorySizeMb));
}

/** Loading a task's bundle in a new environment, billed like duration; assumed, of the order of `test:performance`. */
export const INIT_MS = 400;
