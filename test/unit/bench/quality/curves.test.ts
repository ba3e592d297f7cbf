import { parseCsv } from '../../../../bench/quality/csv.ts';
import { loadCurves, VENDORED_CURVES } from '../../../../bench/quality/curves.ts';

describe('parseCsv', () => {
  test('reads quoted cells with commas and doubled quotes, and empty ones', () => {
    expect(parseCsv('a,b,c\n"x, y","say ""hi""",\n')).toEqual([{ a: 'x, y', b: 'say "hi"', c: '' }]);
  });
});

describe('loadCurves', () => {
  test('reads the vendored curves, each with its group', () => {
    const curves = loadCurves(VENDORED_CURVES);

    expect(curves).toHaveLength(104);
    expect(new Set(curves.map((curve) => curve.group)).size).toBe(51);
  });

  test('keeps a function whose kind holds a comma whole', () => {
    const optiserve = loadCurves(VENDORED_CURVES).find((curve) => curve.group === 'optiserve');

    expect(optiserve).toMatchObject({ architecture: 'x86_64', assumedMaxMemoryUsedMb: 700 });
    expect(optiserve?.points[0]).toMatchObject({ memorySizeMb: 1024, invocations: 20 });
  });
});
