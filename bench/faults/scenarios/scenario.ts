import type { FaultCount } from '../seam/fault-count.ts';
import type { Evidence } from '../world/evidence.ts';

/** One run, played to its end. */
export interface Played {
  readonly evidence: Evidence;
  readonly count: FaultCount;
  /** What the scenario itself saw go wrong that only it can know. */
  readonly violations?: readonly string[];
}
