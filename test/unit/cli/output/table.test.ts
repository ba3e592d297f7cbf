import { type Column, table } from '../../../../cli/output/table.ts';

interface Row {
  name: string;
  why: string;
}
const COLUMNS: Column<Row>[] = [
  { heading: 'Function', value: ({ name }) => name },
  { heading: 'Why', value: ({ why }) => why },
];
const ROW = { name: 'orders-api', why: 'uses 210 of 1024 MB and is as fast at half of it in nine of ten cases' };
const longest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

describe('a table', () => {
  it('is as wide as its words where nothing bounds it', () => {
    expect(table(COLUMNS, [ROW], false).split('\n')).toHaveLength(2);
  });

  it('wraps the widest column between words where the terminal is narrower', () => {
    const drawn = table(COLUMNS, [ROW], false, 50);
    expect(longest(drawn)).toBeLessThanOrEqual(50);
    expect(drawn.replace(/\s+/g, ' ')).toContain('orders-api');
    expect(drawn).toMatch(/uses 210 of 1024 MB/);
  });

  it('loses no end of a name that is longer than its column', () => {
    const name = 'a-function-with-a-very-long-name-that-fits-nowhere';
    const drawn = table(COLUMNS, [{ name, why: 'short' }], false, 40);
    expect(longest(drawn)).toBeLessThanOrEqual(40);
    const pieces = drawn
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, 32).trim().split(' ')[0]);
    expect(pieces.join('')).toBe(name);
  });
});
