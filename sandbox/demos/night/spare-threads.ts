import { availableParallelism } from 'node:os';

/** Threads that may take work off the main one: a core each, and no more than the work is worth. */
const MOST_THREADS = 3;

export function spareThreads(cores = availableParallelism()): number {
  return Math.min(MOST_THREADS, cores - 1);
}
