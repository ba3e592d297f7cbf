import fc from 'fast-check';
import { jsonCopy } from '../../../../sandbox/engine/json-copy.ts';

const throughText = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

describe('a copy as JSON', () => {
  it('is what writing it out and reading it back gives', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withSparseArray: true, withNullPrototype: true }), (value) => {
        expect(jsonCopy(value)).toStrictEqual(throughText(value));
      }),
      { numRuns: 500, seed: 15 },
    );
  });

  it.each([
    ['nothing', undefined],
    ['a function', () => 1],
    ['what JSON has no numbers for', [Number.NaN, Number.POSITIVE_INFINITY, -0]],
    ['fields left out, and holes', { a: undefined, b: [undefined, () => 1], c: Symbol('c') }],
    [
      'dates and what else says how it travels',
      { at: new Date(86_400_000), as: { toJSON: (key: string) => `${key}!` } },
    ],
    ['bytes, maps and boxed values', { bytes: Buffer.from('ab'), map: new Map([[1, 2]]), boxed: Object(7) as unknown }],
    ['a field that is named like a prototype', JSON.parse('{"__proto__": {"a": 1}}') as unknown],
    ['keys that look like indexes', { b: 1, 2: 'two', 1: 'one' }],
  ])('keeps the rules of JSON: %s', (_, value) => {
    expect(JSON.stringify(jsonCopy(value))).toBe(JSON.stringify(throughText(value)));
  });

  it('shares no object with the original', () => {
    const original = { list: [{ a: 1 }] };
    const copied = jsonCopy(original) as typeof original;
    copied.list[0]!.a = 2;
    expect(original.list[0]!.a).toBe(1);
  });

  it('refuses a circle and a bigint, as JSON does', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(() => jsonCopy(circle)).toThrow(TypeError);
    expect(() => jsonCopy({ a: 1n })).toThrow(TypeError);
  });
});
