import { LAMBDA_MAX_MB, ONE_VCPU_MB } from '../../shared/domain/night/recommendation/memory-sizes.ts';
import type { ShapeParameters } from '../../shared/domain/night/recommendation/shape.ts';

const IO_SHARES = [0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.96, 1];
const EXPONENTS = [0.9, 1, 1.1, 1.25];
const SATURATIONS_MB = [256, 362, 512, 724, 1024, 1448, ONE_VCPU_MB, 2048];
const PARALLEL_SHARES = [0.5, 0.85, 1];
const PARALLEL_LIMITS_MB = [2 * ONE_VCPU_MB, 3 * ONE_VCPU_MB, LAMBDA_MAX_MB];
const PARALLEL_IO_SHARES = [0, 0.05, 0.2, 0.5];

/** Every curve shape the prior may put weight on: single-threaded ones at each knee, and parallel ones. */
export function shapeDictionary(): ShapeParameters[] {
  return [...singleThreaded(), ...parallel()];
}

function singleThreaded(): ShapeParameters[] {
  return SATURATIONS_MB.flatMap((saturationMb) =>
    EXPONENTS.flatMap((exponent) =>
      IO_SHARES.map((ioShare) => ({ ioShare, exponent, saturationMb, parallelShare: 0, parallelMb: ONE_VCPU_MB })),
    ),
  ).filter((shape, index, all) => shape.ioShare < 1 || all.findIndex((other) => other.ioShare === 1) === index);
}

function parallel(): ShapeParameters[] {
  return PARALLEL_LIMITS_MB.flatMap((parallelMb) =>
    PARALLEL_SHARES.flatMap((parallelShare) =>
      PARALLEL_IO_SHARES.map((ioShare) => ({
        ioShare,
        exponent: 1,
        saturationMb: ONE_VCPU_MB,
        parallelShare,
        parallelMb,
      })),
    ),
  );
}

/** How much heavier or lighter than the rest of the dictionary a kind of shape is believed to be before any curve is seen. */
const PURE_WAITING = 8;
const PARALLEL = 2;
const OTHER_THAN_LINEAR = 0.4;
const EARLY_KNEE = 0.5;
const EARLY_KNEE_MB = 700;

/**
 * Relative weight of a shape before learning. The dictionary holds pure waiting once and computing many times over, so
 * that a plain count would say more of the dictionary than of functions; Lambda's CPU share is linear in memory by
 * AWS's documentation, and a knee far below one vCPU needs a reason.
 */
export function weightBeforeLearning(shape: ShapeParameters): number {
  return (
    (shape.ioShare === 1 ? PURE_WAITING : 1) *
    (shape.parallelShare > 0 ? PARALLEL : 1) *
    (shape.exponent === 1 ? 1 : OTHER_THAN_LINEAR) *
    (shape.saturationMb < EARLY_KNEE_MB ? EARLY_KNEE : 1)
  );
}
