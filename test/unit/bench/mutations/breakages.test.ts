import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BREAKAGES, type Spot } from '../../../../bench/mutations/breakages.ts';
import { findSpot, plant } from '../../../../bench/mutations/plant.ts';

const ROOT = path.join(import.meta.dirname, '../../../..');

/** `npm run test:mutations` runs weekly; what would keep it from running is told at once. */
describe('the list of breakages', () => {
  it.each(BREAKAGES)('can still plant "$name" in the sources', (breakage) => {
    expect(findSpot(ROOT, breakage).search).not.toBe(findSpot(ROOT, breakage).replace);
  });

  it.each(BREAKAGES)('names tests of "$name" that exist', ({ tests }) => {
    expect(tests.filter((each) => !existsSync(path.join(ROOT, each)))).toEqual([]);
  });

  it('names each breakage once', () => {
    expect(new Set(BREAKAGES.map(({ name }) => name)).size).toBe(BREAKAGES.length);
  });
});

describe('planting', () => {
  let root: string;
  const spot = (search: string, file = 'a.ts'): Spot => ({ file, search, replace: 'if ($&)' });
  const breakage = (planted: Spot) => ({ name: 'x', spot: planted, tests: [] });
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'planting-'));
    writeFileSync(path.join(root, 'a.ts'), 'if (a) b; else if (b) c;');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('breaks exactly the text, whatever the replacement holds, and mends it', () => {
    const read = () => readFileSync(path.join(root, 'a.ts'), 'utf8');
    const mend = plant(root, spot('else if (b)'));
    expect(read()).toBe('if (a) b; if ($&) c;');
    mend();
    expect(read()).toBe('if (a) b; else if (b) c;');
  });

  it.each([
    ['does not stand there', spot('while')],
    ['stands there twice', spot('if (')],
    ['stands in a file that is gone', spot('if (a)', 'gone.ts')],
  ])('refuses a text that %s', (_, planted) => {
    expect(() => findSpot(root, breakage(planted))).toThrow('must match exactly once');
  });
});
