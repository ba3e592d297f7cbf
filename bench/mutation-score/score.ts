import { isInSample, type Sample, WHOLE } from './sample.ts';

/** What Stryker's JSON report says of a mutant, as far as it is read here. */
export interface Mutant {
  id: string;
  status: string;
  mutatorName: string;
  replacement?: string;
  location: { start: { line: number; column: number } };
}

export interface MutationReport {
  files: Readonly<Record<string, { mutants: readonly Mutant[] }>>;
}

export interface Score {
  noticed: number;
  /** Every mutant that a test could have noticed: neither one that does not compile nor one of a constant. */
  total: number;
  /** `file:line:column mutator -> replacement` of each that no test noticed. */
  survivors: string[];
}

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

/** @param sample what was drawn; of the others, those that no test reaches are in the report as well */
export function scoreOf({ files }: MutationReport, sample: Sample = WHOLE): Score {
  const mutants = Object.entries(files).flatMap(([file, { mutants: each }]) =>
    each.filter(({ id }) => isInSample(id, sample)).map((mutant) => ({ ...mutant, file })),
  );
  const unnoticed = mutants.filter(({ status }) => UNNOTICED.includes(status));
  const noticed = mutants.filter(({ status }) => NOTICED.includes(status)).length;
  return {
    noticed,
    total: noticed + unnoticed.length,
    survivors: unnoticed.map(
      ({ file, location: { start }, mutatorName, replacement = '' }) =>
        `${file}:${start.line}:${start.column} ${mutatorName} -> ${replacement.replace(/\s+/g, ' ').slice(0, 80)}`,
    ),
  };
}

/** Percent with one decimal; a folder without mutants has nothing to miss. */
export function percentOf({ noticed, total }: Pick<Score, 'noticed' | 'total'>): number {
  return total === 0 ? 100 : Math.round((1000 * noticed) / total) / 10;
}

export function sumOf(scores: readonly Score[]): Score {
  return {
    noticed: scores.reduce((sum, { noticed }) => sum + noticed, 0),
    total: scores.reduce((sum, { total }) => sum + total, 0),
    survivors: scores.flatMap(({ survivors }) => survivors),
  };
}
