import { readdirSync } from 'node:fs';
import path from 'node:path';
import { BESIDE, DOMAIN, type Scope } from '../../../../bench/mutation-score/folders.ts';
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

describe('the scopes', () => {
  const files = readdirSync(path.join(PROJECT_ROOT, 'shared/domain'), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join('shared/domain', file))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'));
  const isIn = (file: string, { sources }: Scope): boolean =>
    sources.some((glob) => !glob.startsWith('!') && path.matchesGlob(file, glob)) &&
    !sources.some((glob) => glob.startsWith('!') && path.matchesGlob(file, glob.slice(1)));

  it('hold every file of shared/domain once, but what lies beside its folders', () => {
    const held = files.map((file) => [file, DOMAIN.filter((scope) => isIn(file, scope)).length] as const);
    expect(held.filter(([file, times]) => times !== (path.dirname(file) === 'shared/domain' ? 0 : 1))).toEqual([]);
    expect(DOMAIN.filter((scope) => !files.some((file) => isIn(file, scope))).map(({ name }) => name)).toEqual([]);
  });

  it('have tests where they are looked for', () => {
    const tests = readdirSync(path.join(PROJECT_ROOT, 'test/unit'), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join('test/unit', file),
    );
    const bare = [...DOMAIN, ...BESIDE].filter(({ tests: globs, isSlow }) =>
      // Node's globs know no negated part of a name.
      globs.some((glob) => !isSlow && !tests.some((file) => path.matchesGlob(file, glob))),
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});
