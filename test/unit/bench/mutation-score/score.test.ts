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
  const filesIn = (folder: string): string[] =>
    readdirSync(path.join(PROJECT_ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => path.join(folder, file))
      .filter((file) => file.endsWith('.ts'));
  /** Left out on purpose: what is generated, and types, of which nothing can be changed. */
  const NOT_MUTATED = [
    'shared/domain/night/recommendation/prior.generated.ts',
    'shared/domain/night/recommendation/types.ts',
  ];
  const files = filesIn('shared/domain').filter((file) => !NOT_MUTATED.includes(file));
  const isIn = (file: string, { sources }: Scope): boolean => sources.some((glob) => path.matchesGlob(file, glob));

  it('hold every file of shared/domain once', () => {
    const held = files.map((file) => [file, DOMAIN.filter((scope) => isIn(file, scope)).length] as const);
    expect(held.filter(([, times]) => times !== 1)).toEqual([]);
  });

  it('name only what is there: sources, and tests of them', () => {
    const [sources, tests] = [[...filesIn('shared'), ...filesIn('tasks')], filesIn('test/unit')];
    const scopes = [...DOMAIN, ...BESIDE];
    const unmatched = (globs: readonly string[], among: readonly string[]) =>
      globs.filter((glob) => !among.some((file) => path.matchesGlob(file, glob)));
    expect(scopes.flatMap((scope) => unmatched(scope.sources, sources))).toEqual([]);
    expect(scopes.flatMap((scope) => unmatched(scope.tests, tests))).toEqual([]);
  });
});
