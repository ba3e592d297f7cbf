import { isInSample, type Sample } from './sample.ts';

/**
 * A plugin of Stryker's that lets only a sample's mutants through. Stryker knows no sampling; a checker may refuse a mutant
 * before any test is run, and what it refuses counts neither as noticed nor as unnoticed.
 */
class SampleChecker {
  static readonly inject = ['options'] as const;
  readonly #sample: Sample;

  constructor({ sample }: { sample: Sample }) {
    this.#sample = sample;
  }

  async init(): Promise<void> {}

  async check(mutants: readonly { id: string }[]): Promise<Record<string, { status: string; reason?: string }>> {
    return Object.fromEntries(
      mutants.map(({ id }) => [
        id,
        isInSample(id, this.#sample) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
      ]),
    );
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: SampleChecker }];
