import { LAMBDA_MAX_MB, ONE_VCPU_MB } from '../../shared/domain/recommendation/memory-sizes.ts';
import type { ShapeParameters } from '../../shared/domain/recommendation/shape.ts';

const IO_SHARES = [0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.96, 1];
const EXPONENTS = [0.85, 1, 1.15, 1.4];
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
