import { logShape } from '../../../../../../shared/domain/night/recommendation/shape.ts';

const cpu = { ioShare: 0, exponent: 1, saturationMb: 1769, parallelShare: 0, parallelMb: 1769 };
const ratio = (shape: typeof cpu, from: number, to: number): number =>
  Math.exp(logShape(shape, from) - logShape(shape, to));

describe('logShape', () => {
  test('halves pure computing with twice the memory, up to one vCPU', () => {
    expect(ratio(cpu, 512, 1024)).toBeCloseTo(2, 10);
    expect(ratio(cpu, 1769, 4096)).toBeCloseTo(1, 10);
  });

  test('keeps waiting as it is', () => {
    expect(ratio({ ...cpu, ioShare: 1 }, 128, 10_240)).toBeCloseTo(1, 10);
  });

  test('goes on shrinking what runs in parallel', () => {
    const parallel = { ...cpu, parallelShare: 1, parallelMb: 2 * 1769 };

    expect(ratio(parallel, 1769, 2 * 1769)).toBeCloseTo(2, 10);
    expect(ratio(parallel, 2 * 1769, 10_240)).toBeCloseTo(1, 10);
  });
});
