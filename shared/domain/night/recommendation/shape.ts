import { ONE_VCPU_MB } from './memory-sizes.ts';

/**
 * How duration falls as memory grows, up to a factor: a share that does not shrink (waiting, I/O) and a share of
 * computing that shrinks with the CPU that memory buys, until the function can use no more of it.
 */
export interface ShapeParameters {
  /** Share of the duration at `saturationMb` that no amount of CPU shortens, 0 to 1. */
  readonly ioShare: number;
  /** Computing time is proportional to memory^−exponent; 1 is Lambda's linear CPU share. */
  readonly exponent: number;
  /** Memory beyond which a single thread gets no faster, MB; one vCPU by definition, less where something else binds. */
  readonly saturationMb: number;
  /** Share of the computing that spreads over further vCPUs, 0 to 1. */
  readonly parallelShare: number;
  /** Memory beyond which the parallel share gets no faster either, MB. */
  readonly parallelMb: number;
}

/** Natural logarithm of the relative duration at a memory size; 0 where the function is saturated by one thread. */
export function logShape(shape: ShapeParameters, memorySizeMb: number): number {
  const single = (shape.saturationMb / Math.min(memorySizeMb, shape.saturationMb)) ** shape.exponent;
  const beyond = Math.max(1, Math.min(memorySizeMb, shape.parallelMb) / ONE_VCPU_MB);
  const computing = single * (1 - shape.parallelShare + shape.parallelShare / beyond);
  return Math.log(shape.ioShare + (1 - shape.ioShare) * computing);
}
