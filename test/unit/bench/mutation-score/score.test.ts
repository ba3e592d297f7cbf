import { readdirSync } from 'node:fs';
import path from 'node:path';
import { BESIDE, DOMAIN, type Scope } from '../../../../bench/mutation-score/folders.ts';
import { isInSample, samplingErrorPercent } from '../../../../bench/mutation-score/sample.ts';
import { strykerPlugins } from '../../../../bench/mutation-score/sample-checker.ts';
import { percentOf, scoreOf, sumOf } from '../../../../bench/mutation-score/score.ts';

const PROJECT_ROOT = path.join(__dirname, '../../../..');
const mutant = (status: string, line = 1, id = '0') => ({
  id,
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

describe('a sample', () => {
  const ids = Array.from({ length: 2_000 }, (_, at) => `${at}`);
  const drawn = (percent: number, seed = 1) => ids.filter((id) => isInSample(id, { percent, seed }));

  it('draws about as many mutants as it was told, the same ones by the same seed', () => {
    expect(drawn(30).length / ids.length).toBeCloseTo(0.3, 1);
    expect(drawn(30)).toEqual(drawn(30));
    expect(drawn(30)).not.toEqual(drawn(30, 2));
    expect(drawn(100)).toEqual(ids);
  });

  it('counts its own mutants alone, also of those that no test reaches', () => {
    const mutants = ids.map((id) => mutant('NoCoverage', 1, id));
    expect(scoreOf({ files: { 'a.ts': { mutants } } }, { percent: 30, seed: 1 }).total).toBe(drawn(30).length);
  });

  it('says how far off it may be', () => {
    // Wilson's interval of 80 of 100 is 71.1 to 86.7 %.
    expect(samplingErrorPercent({ noticed: 80, total: 100 })).toBeCloseTo(8.9, 1);
    expect(samplingErrorPercent({ noticed: 10, total: 10 })).toBeCloseTo(27.8, 1);
    expect(samplingErrorPercent({ noticed: 0, total: 0 })).toBe(100);
  });

  it('lets no other mutant through to a test', async () => {
    const [{ injectableClass: Checker }] = strykerPlugins as [(typeof strykerPlugins)[number]];
    const checked = await new Checker({ sample: { percent: 30, seed: 1 } }).check(ids.map((id) => ({ id })));
    expect(ids.filter((id) => checked[id]!.status === 'passed')).toEqual(drawn(30));
    expect(ids.filter((id) => checked[id]!.status === 'compileError')).toHaveLength(ids.length - drawn(30).length);
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
