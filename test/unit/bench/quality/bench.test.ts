import { crossValidated, OBJECTIVES, runBench, shippedPrior } from '../../../../bench/quality/bench.ts';
import type { MeasuredCurve } from '../../../../bench/quality/curves.ts';
import { regretPlot } from '../../../../bench/quality/plot.ts';
import { reportTable } from '../../../../bench/quality/table.ts';
import { aCurve } from './curves-for-tests.ts';

/** Few measured sizes keep the number of walks small. */
function aSmallCurve(waitingMs: number, computingMs: number, group: string): MeasuredCurve {
  const whole = aCurve(waitingMs, computingMs, { name: `test/${group}`, group });
  return { ...whole, points: whole.points.slice(2) };
}

const curves = [aSmallCurve(0, 100, 'cpu'), aSmallCurve(500, 1, 'io')];

describe('the bench', () => {
  test('never shows the prior the group it is scored on', () => {
    const priorFor = crossValidated(curves);

    expect(priorFor(curves[0]!)).not.toEqual(priorFor(curves[1]!));
    expect(priorFor(curves[0]!)).toBe(priorFor({ ...curves[1]!, group: 'cpu' }));
  });

  test('can keep everything of a source from the prior its curves are scored on', () => {
    const [cpu, io] = curves as [MeasuredCurve, MeasuredCurve];
    const others = { ...io, name: 'other/io', group: 'other' };
    const bySource = crossValidated([cpu, io, others], 'source');

    expect(bySource(cpu)).toBe(bySource(io));
    expect(bySource(cpu)).not.toEqual(bySource(others));
    expect(crossValidated([cpu, io, others])(cpu)).not.toEqual(bySource(cpu));
  });

  test('reports the product and every baseline under every objective', () => {
    const report = runBench(curves, shippedPrior);
    const names = (index: number): string[] =>
      report.rows.filter((row) => row.weightOrGuard === OBJECTIVES[index]!.weightOrGuard).map((row) => row.recommender);

    expect(names(0)).toEqual([
      'rightsizer',
      'keep',
      'brief-rules',
      'always-1024',
      'always-1769',
      expect.stringMatching(/^best single constant \(\d+\)$/),
      'compute-optimizer-like',
      'oracle bound by the notch rule',
    ]);
    expect(names(4)).toHaveLength(6);
    expect(report.prediction.rows.map((row) => row.observations)).toEqual([1, 2, 3]);
    expect(report.microsecondsPerRecommendation).toBeGreaterThan(0);

    const balanced = report.rows.filter((row) => row.strategy === 'balanced' && row.weightOrGuard === 0.5);
    expect(reportTable(report)).toContain('| rightsizer | 0.75 |');
    expect(regretPlot(balanced).match(/<polyline/g)).toHaveLength(8);
  });
});
