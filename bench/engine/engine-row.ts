import { below, type Check } from '../load/checks.ts';

/** One night over a fleet of so many functions, measured in a process of its own. */
export interface EngineRow {
  readonly functions: number;
  /** Real time of the night, from its scheduled start to its report, the checks from outside included. */
  readonly seconds: number;
  /** Most memory the process ever held, in MiB: Node, the synthesized stack, the account and the night. */
  readonly peakRssMb: number;
  /** Workflow states entered a second, Standard and Express. */
  readonly statesPerSecond: number;
  /** Processor time of the night in all threads; a busy machine stretches `seconds`, hardly this. */
  readonly cpuSeconds: number;
  /** The same in calibrations of this run, which machines hardly change. */
  readonly relativeCpu: number;
  /** Real time before the night: loading, synthesis, the account and its fleet. */
  readonly setupSeconds: number;
  readonly states: number;
  readonly proposed: number;
  readonly applied: number;
}

/** The size the targets are set for. */
export const LARGEST_FLEET = 10_000;
const RELATIVE_CPU_LIMIT = 15;
const PEAK_RSS_LIMIT_MB = 800;

/** A person looks at one function in twenty in the night that is measured. */
export const PROPOSED_SHARE = 0.05;

/** What the rows promise; a fleet smaller than the largest promises nothing. */
export function engineChecks(rows: readonly EngineRow[]): Check[] {
  return rows
    .filter(({ functions }) => functions >= LARGEST_FLEET)
    .flatMap(({ functions, relativeCpu, peakRssMb }) => [
      below(`a night of ${functions} functions`, relativeCpu, RELATIVE_CPU_LIMIT, 'calibrations', 'measured'),
      below(`memory of ${functions} functions`, peakRssMb, PEAK_RSS_LIMIT_MB, 'MiB', 'measured'),
    ]);
}
