import fc from 'fast-check';
import { chartOf, PLOT } from '../../../../../../tasks/approval/serve-page/view/chart.ts';
import { fixtureProposals } from '../../../../../support/page/fixture-run.ts';

const { assessment } = fixtureProposals(1)[0]!;
const between = (memorySizesMb: number[], current: number, recommended: number) => ({
  ...assessment,
  candidates: memorySizesMb.map((memorySizeMb) => ({ ...assessment.candidates[0]!, memorySizeMb })),
  current: { memorySizeMb: current, timeoutSeconds: 3 },
  recommended: { memorySizeMb: recommended, timeoutSeconds: 3 },
});

describe('charts', () => {
  it('keep every point inside the plot, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e7, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (ceiling, value) => {
          const chart = chartOf(assessment, ceiling);
          for (const { memorySizeMb } of assessment.candidates) {
            const { x, y } = chart.at(memorySizeMb, value);
            expect(x).toBeGreaterThanOrEqual(PLOT.left);
            expect(x).toBeLessThanOrEqual(PLOT.right);
            expect(y).toBeGreaterThanOrEqual(PLOT.top);
            expect(y).toBeLessThanOrEqual(PLOT.bottom);
          }
        },
      ),
    );
  });

  it('start at zero and reach at least to the ceiling', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e7, noNaN: true }), (ceiling) => {
        const { levels } = chartOf(assessment, ceiling);
        expect(levels[0]!.value).toBe(0);
        expect(levels.at(-1)!.value).toBeGreaterThanOrEqual(ceiling);
        expect(levels.at(-1)!.value).toBeLessThanOrEqual(ceiling * 1.5);
      }),
    );
  });

  it('place a doubling of memory always equally far apart', () => {
    const chart = chartOf(between([128, 256, 512], 512, 256), 1);
    const [a, b, c] = [128, 256, 512].map((each) => chart.at(each, 0).x) as [number, number, number];
    expect(b - a).toBeCloseTo(c - b, 0);
  });

  it('always label the proposed size and never let labels touch', () => {
    const sizes = Array.from({ length: 30 }, (_, index) => 128 + 64 * index);
    const chart = chartOf(between(sizes, 1024, 960), 1);
    expect(chart.sizes.map((each) => each.memorySizeMb)).toContain(960);
    const xs = chart.sizes.map((each) => each.x).toSorted((a, b) => a - b);
    for (let index = 1; index < xs.length; index += 1) expect(xs[index]! - xs[index - 1]!).toBeGreaterThanOrEqual(40);
  });

  it('turn the words of near marks away from each other', () => {
    const { marks } = chartOf(between([128, 960, 1024, 3008], 1024, 960), 1);
    expect(marks).toEqual([
      expect.objectContaining({ kind: 'now', anchor: 'start' }),
      expect.objectContaining({ kind: 'proposed', anchor: 'end' }),
    ]);
  });

  it('mark only the present where the size stays', () => {
    expect(chartOf(between([128, 1024], 1024, 1024), 1).marks).toHaveLength(1);
  });
});
