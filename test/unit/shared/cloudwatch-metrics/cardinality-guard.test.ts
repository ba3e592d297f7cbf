import fc from 'fast-check';
import { CardinalityGuard, DIMENSION_BOUNDS, OTHER } from '../../../../shared/cloudwatch-metrics/index.ts';

describe('CardinalityGuard', () => {
  it('keeps names and keeps them apart', () => {
    const guard = new CardinalityGuard();
    expect(guard.admit('ErrorType', 'ValidationException')).toBe('ValidationException');
    expect(guard.admit('ErrorType', 'Lambda.TooManyRequestsException')).toBe('Lambda.TooManyRequestsException');
    expect(guard.aggregated).toBe(0);
  });

  it.each([
    ['user 4711 was not found'],
    ['Error20261123'],
    ['e7c9d2f1-88aa-4c3e-9f00-000000000001'],
    ['deadbeef42'],
    ['x'.repeat(65)],
    [''],
  ])('counts %p under Other, for it is no error type', (value) => {
    const guard = new CardinalityGuard();
    expect(guard.admit('ErrorType', value)).toBe(OTHER);
    expect(guard.aggregated).toBe(1);
  });

  it('counts a missing value under Other rather than failing', () => {
    expect(new CardinalityGuard().admit('FunctionName', undefined as unknown as string)).toBe(OTHER);
  });

  it('accepts function names with numbers, as stacks make them', () => {
    const name = 'prod-AnalyzeFunction4F2A9C11-8ZyXw012345';
    expect(new CardinalityGuard().admit('FunctionName', name)).toBe(name);
  });

  it('counts later values under Other once the bound is reached, and still knows the early ones', () => {
    const guard = new CardinalityGuard();
    const names = Array.from({ length: DIMENSION_BOUNDS.ErrorType }, (_, index) => `Error${letters(index)}`);
    for (const name of names) expect(guard.admit('ErrorType', name)).toBe(name);
    expect(guard.admit('ErrorType', 'OneTooMany')).toBe(OTHER);
    expect(guard.admit('ErrorType', names[0]!)).toBe(names[0]);
  });

  it('never lets through more distinct values than the bound and Other, whatever it is given', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 }), { maxLength: 300 }), (values) => {
        const guard = new CardinalityGuard();
        const written = new Set(values.map((value) => guard.admit('ErrorType', value)));
        return written.size <= DIMENSION_BOUNDS.ErrorType + 1;
      }),
    );
  });

  it('takes a list for the only values allowed', () => {
    const guard = new CardinalityGuard({ ErrorType: ['Timeout'] });
    expect(['Timeout', 'Fine'].map((value) => guard.admit('ErrorType', value))).toEqual(['Timeout', OTHER]);
  });
});

function letters(index: number): string {
  return String.fromCharCode(65 + index);
}
