import fc from 'fast-check';
import { jsonBytes } from '../../../../shared/clients/artifacts/json-bytes.ts';

const textOf = (value: object) => Buffer.from(jsonBytes(value)).toString();

describe('JSON in bytes', () => {
  it('is what JSON.stringify gives, whatever is in it', () => {
    const anything = fc.oneof(fc.array(fc.anything()), fc.dictionary(fc.string(), fc.anything({ withDate: true })));
    const writable = anything.filter((value) => {
      try {
        return JSON.stringify(value) !== undefined;
      } catch {
        return false;
      }
    });
    fc.assert(
      fc.property(writable, (value) => {
        fc.pre(typeof (value as { toJSON?: unknown }).toJSON !== 'function');
        expect(textOf(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 500, seed: 15 },
    );
  });

  it.each([
    ['nothing', {}],
    ['no items', []],
    ['fields left out, the first among them', { a: undefined, b: 1, c: () => 1, d: [undefined, () => 1] }],
    ['only fields left out', { a: undefined }],
    ['dates, and letters beyond ASCII', { at: new Date(0), items: ['naïve', '–', '😀'] }],
  ])('keeps the rules of JSON: %s', (_, value) => {
    expect(textOf(value)).toBe(JSON.stringify(value));
  });

  it('puts many pieces together', () => {
    const many = { before: 1, items: Array.from({ length: 40 }, (_, at) => `${at}…`.repeat(20_000)), after: [2] };
    expect(textOf(many)).toBe(JSON.stringify(many));
  });
});
