import type { MeasuredCurve } from '../../../../bench/quality/curves.ts';

/** A function measured at 128, 256, …, 2048 MB: waiting plus computing that shrinks with memory. */
export function aCurve(waitingMs: number, computingMs: number, overrides: Partial<MeasuredCurve> = {}): MeasuredCurve {
  return {
    name: 'test/function',
    group: 'test',
    architecture: 'x86_64',
    points: [128, 256, 512, 1024, 2048].map((memorySizeMb) => ({
      memorySizeMb,
      meanDurationMs: waitingMs + (computingMs * 2048) / memorySizeMb,
      invocations: 100,
    })),
    assumedMaxMemoryUsedMb: 60,
    ...overrides,
  };
}
