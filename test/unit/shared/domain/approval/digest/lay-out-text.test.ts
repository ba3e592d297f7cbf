import fc from 'fast-check';
import { facing, wrap } from '../../../../../../shared/domain/approval/digest/lay-out-text.ts';

describe('text lay-out', () => {
  it('keeps every word, in order, and every line within the columns unless one word is wider', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'b', 'c') })),
        (words) => {
          const lines = wrap(words.join(' '), '  ', 20).split('\n');
          expect(lines.join(' ').split(/\s+/).filter(Boolean)).toEqual(words);
          for (const line of lines) expect(line.length <= 20 || !line.trim().includes(' ')).toBe(true);
        },
      ),
    );
  });

  it('puts two texts at the ends of one line', () => {
    expect(facing('left', 'right', 12)).toBe('left   right');
  });

  it('keeps two spaces between them at least', () => {
    expect(facing('left', 'right', 11)).toBe('left  right');
    expect(facing('left', 'right', 10)).toBe('left\n     right');
  });

  it('gives the second text a line of its own where both do not fit', () => {
    expect(facing('a long name', 'right', 12)).toBe('a long name\n       right');
  });
});
