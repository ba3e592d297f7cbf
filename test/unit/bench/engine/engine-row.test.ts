import { type EngineRow, engineChecks } from '../../../../bench/engine/engine-row.ts';

const row = (changes: Partial<EngineRow>): EngineRow => ({
  functions: 10_000,
  seconds: 20,
  peakRssMb: 900,
  statesPerSecond: 2_000,
  cpuSeconds: 30,
  setupSeconds: 2,
  states: 40_000,
  proposed: 500,
  applied: 500,
  ...changes,
});

describe('engineChecks', () => {
  it('promises nothing of fleets below the size the targets are set for', () => {
    expect(engineChecks([row({ functions: 1_000, seconds: 500 })])).toEqual([]);
  });

  it.each([
    [{ seconds: 29.99, peakRssMb: 1_023 }, [true, true]],
    [{ seconds: 30, peakRssMb: 1_023 }, [false, true]],
    [{ seconds: 29.99, peakRssMb: 1_024 }, [true, false]],
  ])('judges %p by time and memory, a value on the limit as missed', (changes, met) => {
    expect(engineChecks([row(changes)]).map((check) => check.met)).toEqual(met);
  });
});
