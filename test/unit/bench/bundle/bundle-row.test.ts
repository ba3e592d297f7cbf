import { bundleRow } from '../../../../bench/bundle/bundle-row.ts';

const load = (coldLoadMs: number, warmMs: number[] = []) => ({ coldLoadMs, warmMs });

describe('bundleRow', () => {
  it("compares a load with the reference's of the same round, so that a slow round tells nothing", () => {
    const row = bundleRow(
      { handler: 'analyze', bytes: 2048 },
      [load(20), load(200), load(30)],
      [load(10), load(100), load(20)],
    );
    expect(row).toMatchObject({ handler: 'analyze', bundleKiB: 2, coldLoadMs: 30, relativeColdLoad: 2 });
  });

  it('takes percentiles over all warm calls', () => {
    const warmMs = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(bundleRow({ handler: 'a', bytes: 1 }, [load(1, warmMs)], [load(1)])).toMatchObject({
      warmP50Ms: 50,
      warmP99Ms: 99,
    });
  });
});
