import { readdirSync } from 'node:fs';
import path from 'node:path';
import { BESIDE, DOMAIN } from '../../../../bench/mutation-score/folders.ts';
import { percentOf, scoreOf, sumOf } from '../../../../bench/mutation-score/score.ts';

const PROJECT_ROOT = path.join(__dirname, '../../../..');
const mutant = (status: string, line = 1) => ({
  status,
  mutatorName: 'EqualityOperator',
  replacement: 'a <=\n  b',
  location: { start: { line, column: 5 } },
});

describe('a score', () => {
  const score = scoreOf({
    files: {
      'a.ts': { mutants: [mutant('Killed'), mutant('Timeout'), mutant('Ignored'), mutant('CompileError')] },
      'b.ts': { mutants: [mutant('Survived', 7), mutant('NoCoverage', 9)] },
    },
  });

  it('counts what could have been noticed, and names what was not', () => {
    expect(score).toEqual({
      noticed: 2,
      total: 4,
      survivors: ['b.ts:7:5 EqualityOperator -> a <= b', 'b.ts:9:5 EqualityOperator -> a <= b'],
    });
    expect(percentOf(score)).toBe(50);
  });

  it('of several folders weighs each by its mutants', () => {
    expect(percentOf(sumOf([score, { noticed: 2, total: 2, survivors: [] }]))).toBe(66.7);
    expect(percentOf({ noticed: 0, total: 0 })).toBe(100);
  });
});

describe('the folders', () => {
  const folders = DOMAIN.map(({ name }) => name);

  it('are all of shared/domain that hold code, each once', () => {
    const files = readdirSync(path.join(PROJECT_ROOT, 'shared/domain'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && file.includes('/'),
    );
    const holders = (file: string) => folders.filter((folder) => file.startsWith(`${folder}/`));
    expect(files.filter((file) => holders(file).length !== 1)).toEqual([]);
    expect(folders.filter((folder) => !files.some((file) => file.startsWith(`${folder}/`)))).toEqual([]);
  });

  it('have tests where they are looked for', () => {
    const bare = [...DOMAIN, ...BESIDE].filter(({ tests: [glob = ''] }) => {
      const folder = path.join(PROJECT_ROOT, glob.slice(0, glob.indexOf('/**')));
      return !readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => file.endsWith('.test.ts'));
    });
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});
