import type { Observation } from '../../shared/domain/night/recommendation/types.ts';
import type { CurvePoint, MeasuredCurve } from './curves.ts';

/** Invocations assumed behind a row whose source does not say. */
const ASSUMED_INVOCATIONS = 100;

export function measuredRange(curve: MeasuredCurve): { minMb: number; maxMb: number } {
  return { minMb: curve.points[0]!.memorySizeMb, maxMb: curve.points.at(-1)!.memorySizeMb };
}

export function clampToMeasured(curve: MeasuredCurve, memorySizeMb: number): number {
  const { minMb, maxMb } = measuredRange(curve);
  return Math.min(maxMb, Math.max(minMb, memorySizeMb));
}

/** Mean duration at any size of the measured range, linear in log(size)–log(ms) between measured sizes. */
export function durationAt(curve: MeasuredCurve, memorySizeMb: number): number {
  return logInterpolated(curve, memorySizeMb, (point) => point.meanDurationMs)!;
}

/** The observation a recommender sees after a stretch of production at the size. */
export function observationAt(curve: MeasuredCurve, memorySizeMb: number): Observation {
  const { lower } = neighbours(curve, memorySizeMb);
  const used = memoryUsedAt(curve, memorySizeMb);
  const p95DurationMs = logInterpolated(curve, memorySizeMb, (point) => point.p95DurationMs);
  const p99DurationMs = logInterpolated(curve, memorySizeMb, (point) => point.p99DurationMs);
  return {
    memorySizeMb,
    invocations: lower.invocations ?? ASSUMED_INVOCATIONS,
    meanDurationMs: durationAt(curve, memorySizeMb),
    ...(p95DurationMs === undefined ? {} : { p95DurationMs }),
    ...(p99DurationMs === undefined ? {} : { p99DurationMs }),
    ...(used === undefined ? {} : { maxMemoryUsedMb: used }),
  };
}

function memoryUsedAt(curve: MeasuredCurve, memorySizeMb: number): number | undefined {
  const { lower, upper, share } = neighbours(curve, memorySizeMb);
  if (lower.maxMemoryUsedMb === undefined || upper.maxMemoryUsedMb === undefined) {
    return curve.assumedMaxMemoryUsedMb ?? lower.maxMemoryUsedMb ?? upper.maxMemoryUsedMb;
  }
  return lower.maxMemoryUsedMb + share * (upper.maxMemoryUsedMb - lower.maxMemoryUsedMb);
}

function logInterpolated(
  curve: MeasuredCurve,
  memorySizeMb: number,
  read: (point: CurvePoint) => number | undefined,
): number | undefined {
  const { lower, upper, share } = neighbours(curve, memorySizeMb);
  const from = read(lower);
  const to = read(upper);
  if (from === undefined || to === undefined) return undefined;
  return Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)));
}

function neighbours(
  curve: MeasuredCurve,
  memorySizeMb: number,
): { lower: CurvePoint; upper: CurvePoint; share: number } {
  const size = clampToMeasured(curve, memorySizeMb);
  const upperIndex = Math.max(
    1,
    curve.points.findIndex((point) => point.memorySizeMb >= size),
  );
  const lower = curve.points[upperIndex - 1]!;
  const upper = curve.points[upperIndex]!;
  const share = Math.log(size / lower.memorySizeMb) / Math.log(upper.memorySizeMb / lower.memorySizeMb);
  return { lower, upper, share };
}
