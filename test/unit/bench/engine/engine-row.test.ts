import { type EngineRow, engineChecks } from '../../../../bench/engine/engine-row.ts';

const row = (changes: Partial<EngineRow>): EngineRow => ({
  functions: 10_000,
  seconds: 20,
  peakRssMb: 700,
  statesPerSecond: 2_000,
  cpuSeconds: 30,
  relativeCpu: 12,
  setupSeconds: 2,
  states: 40_000,
  proposed: 500,
  applied: 500,
  ...changes,
});

describe('engineChecks', () => {
  it('promises nothing of fleets below the size the targets are set for', () => {
    expect(engineChecks([row({ functions: 1_000, relativeCpu: 500 })])).toEqual([]);
  });

  it.each([
    [{ relativeCpu: 14.9, peakRssMb: 799 }, [true, true]],
    [{ relativeCpu: 15, peakRssMb: 799 }, [false, true]],
    [{ relativeCpu: 14.9, peakRssMb: 800 }, [true, false]],
  ])('judges %p by processor time and memory, a value on the limit as missed', (changes, met) => {
    expect(engineChecks([row(changes)]).map((check) => check.met)).toEqual(met);
  });
});
