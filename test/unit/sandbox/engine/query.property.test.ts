import fc from 'fast-check';
import jsonata from 'jsonata';
import type { JsonValue } from '../../../../sandbox/engine/json.ts';
import { parseCsvRows } from '../../../../sandbox/engine/map/csv.ts';
import { exceedsPayloadLimit, MAX_PAYLOAD_BYTES } from '../../../../sandbox/engine/payload-size.ts';
import { ASK_JSONATA, compileDirectPath } from '../../../../sandbox/engine/query/direct-path.ts';
import { seal, UnserializableError } from '../../../../sandbox/engine/query/seal.ts';
import type { View } from '../../../../sandbox/engine/query/view.ts';

// Heavy cases on a loaded machine.
jest.setTimeout(60_000);

const fieldName = fc.constantFrom('a', 'b', 'c', 'length', 'sequence');
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, -1.5, '', 'text'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fieldName, tie('value'), { maxKeys: 4 }),
  ),
})).value;

function viewOf(input: JsonValue): View {
  return {
    input,
    result: input,
    context: () => ({ input }),
    lookup: (name) => (name === 'variable' ? input : undefined),
  };
}

describe('a direct path', () => {
  it('answers as JSONata does wherever it answers', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        json,
        fc.constantFrom('$states.input', '$states.result', '$states.context.input', '$variable'),
        fc.array(fieldName, { maxLength: 3 }),
        async (input, root, fields) => {
          const source = [root, ...fields].join('.');
          const direct = compileDirectPath(source)!(viewOf(input));
          if (direct === ASK_JSONATA) return;
          answered++;
          const bindings = { states: { input, result: input, context: { input } }, variable: input };
          expect(JSON.stringify(direct)).toBe(
            JSON.stringify(seal(await jsonata(source).evaluate(undefined, bindings))),
          );
        },
      ),
      { numRuns: 2_000 },
    );
    expect(answered).toBeGreaterThan(300);
  });

  it.each([
    '$states',
    '$states.other',
    '$states.input[0]',
    '$f()',
    '$x.y + 1',
    '$x.and',
    '$x.`a b`',
    '$',
    '$$',
    "'text'",
    '$x.*',
  ])('leaves %s to JSONata', (source) => {
    expect(compileDirectPath(source)).toBeUndefined();
  });
});

describe('seal', () => {
  it('gives what a trip through JSON text gives, and leaves plain values alone', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(seal(value)).toBe(value);
        const marked = Object.assign([value, undefined, { x: undefined, y: value }], { sequence: true });
        expect(JSON.stringify(seal(marked))).toBe(JSON.stringify(marked));
        expect('sequence' in (seal(marked) as object)).toBe(false);
      }),
    );
  });

  it('takes JSONata’s marks off arrays, at any depth', () => {
    for (const mark of ['sequence', 'keepSingleton', 'cons', 'outerWrapper', 'tupleStream']) {
      const marked = Object.assign([1, 2], { [mark]: true });
      const sealed = seal({ deep: [marked] }) as { deep: number[][] };
      expect([mark in sealed.deep[0]!, sealed]).toEqual([false, { deep: [[1, 2]] }]);
    }
  });

  it('refuses what JSON cannot hold', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, { f: () => 1 }, [{ _jsonata_lambda: true }]]) {
      expect(() => seal(value)).toThrow(UnserializableError);
    }
  });
});

describe('the payload limit', () => {
  it('is exact however cheap the check', () => {
    const character = fc.constantFrom('x', 'é', '漢', '\u0000', '"', '\ud800', '😀');
    fc.assert(
      fc.property(
        character,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: -40, max: 40 }),
        (unit, parts, delta) => {
          const bytes = Buffer.byteLength(JSON.stringify(unit)) - 2;
          const text = unit.repeat(Math.max(0, Math.floor((MAX_PAYLOAD_BYTES / parts + delta) / bytes)));
          const value = { parts: Array.from({ length: parts }, () => text) };
          expect(exceedsPayloadLimit(value)).toBe(Buffer.byteLength(JSON.stringify(value)) > MAX_PAYLOAD_BYTES);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('parseCsvRows', () => {
  it('reads back any quoted table', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', ';'), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        (rows, lineEnd) => {
          const text = rows
            .map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(','))
            .join(lineEnd);
          expect(parseCsvRows(text, ',')).toEqual(rows);
        },
      ),
    );
  });
});
