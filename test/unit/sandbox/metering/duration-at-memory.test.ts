import { durationMsAt } from '../../../../sandbox/metering/duration-at-memory.ts';

describe('durationMsAt', () => {
  it('gives computing the share of a CPU that the memory brings, and a whole one from 1,769 MB', () => {
    const computing = { cpuMs: 100, waitedMs: 0 };
    expect(durationMsAt(computing, 1_769 / 4)).toBeCloseTo(400);
    expect(durationMsAt(computing, 1_769)).toBeCloseTo(100);
    expect(durationMsAt(computing, 10_240)).toBeCloseTo(100);
  });

  it('leaves waiting as it is at any size', () => {
    expect(durationMsAt({ cpuMs: 10, waitedMs: 500 }, 1_769 / 10)).toBeCloseTo(600);
    expect(durationMsAt({ cpuMs: 0, waitedMs: 500 }, 128)).toBeCloseTo(500);
  });

  it('takes no time for nothing', () => {
    expect(durationMsAt({ cpuMs: 0, waitedMs: 0 }, 128)).toBe(0);
  });
});
