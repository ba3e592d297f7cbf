import type { Work } from '../../sandbox/metering/duration-at-memory.ts';

/** What was measured of one task, on this machine; `profile.json` holds one for each. */
export interface TaskProfile {
  /** Size before our own model was first asked, MB: what the guard is measured against, however often it is asked again. */
  readonly baselineMemorySizeMb: number;
  readonly invocationsPerMonth: number;
  /** Share of the invocations that start an environment, 0 to 1. */
  readonly coldStartShare: number;
  /** From the start of Node until the handler is there, processor time. */
  readonly initCpuMs: number;
  /** Invocations that were the first of their environment, INIT left out, and those that were not. */
  readonly cold: readonly Work[];
  readonly warm: readonly Work[];
  /** Most memory that a process ever held, MB, by how many functions the account had. */
  readonly peakMemoryMb: Readonly<Record<string, number>>;
  /** The same invocations in an environment of the recommended size. */
  readonly confirmed?: { readonly memorySizeMb: number; readonly peakMemoryMb: number } | undefined;
}

export type OwnMemoryProfile = Readonly<Record<string, TaskProfile>>;

/**
 * What Lambda counts and a bare process does not have: X-Ray's daemon (16 MB or 3 % by its documentation) and the
 * runtime's own client. Assumed.
 */
export const RUNTIME_MEMORY_MB = 25;

/** Most memory used at the largest account that was measured, MB. */
export const maxMemoryUsedMbOf = ({ peakMemoryMb }: Pick<TaskProfile, 'peakMemoryMb'>): number =>
  Math.max(...Object.values(peakMemoryMb)) + RUNTIME_MEMORY_MB;
