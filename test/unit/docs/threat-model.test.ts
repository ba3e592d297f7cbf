import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../../..');
const text = readFileSync(path.join(ROOT, 'docs/threat-model.md'), 'utf8');

/** Rows of the table under a heading, as their cells, without the head. */
function rowsUnder(heading: string): string[][] {
  const [, section = ''] = text.split(`## ${heading}\n`);
  const lines = section
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const abuses = rowsUnder('Abuse cases');
const testsIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, each = '']) => each);

it('knows the abuse cases', () => {
  expect(abuses.length).toBeGreaterThan(20);
});

it.each(abuses.map(([abuse = '', control = '', tests = '']) => ({ abuse, control, tests })))(
  'names a control against "$abuse", and tests that exist',
  ({ control, tests }) => {
    expect(control).not.toBe('');
    expect(testsIn(tests).length).toBeGreaterThan(0);
    expect(
      testsIn(tests).filter((each) => !/^test\/.+\.test\.ts$/.test(each) || !existsSync(path.join(ROOT, each))),
    ).toEqual([]);
  },
);

it.each(['Assets', 'Actors'])('lists %s', (heading) => {
  expect(rowsUnder(heading).length).toBeGreaterThan(3);
});
