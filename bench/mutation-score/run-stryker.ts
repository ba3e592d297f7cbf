import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scope } from './folders.ts';
import { type Sample, WHOLE } from './sample.ts';
import type { MutationReport } from './score.ts';

const STRYKER = 'node_modules/@stryker-mutator/core/bin/stryker.js';
const SAMPLE_CHECKER = path.join(import.meta.dirname, 'sample-checker.ts');
/** A mutant that loops is given up after this, besides half as long again as its tests took. */
const TIMEOUT_MS = 20_000;

/**
 * Mutates one scope in Stryker's own copy of the sources, one mutant after the other, and asks of each only the tests
 * that reach it. Mutants of constants (made once, when a module loads) are left out: each of them would ask every test.
 */
export async function runStryker(root: string, scope: Scope, sample: Sample): Promise<MutationReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-mutation-score-'));
  try {
    const report = path.join(folder, 'mutation.json');
    const configuration = path.join(folder, 'stryker.conf.json');
    writeFileSync(configuration, JSON.stringify(configurationOf(scope, sample, { folder, report })));
    await ended(root, configuration);
    return JSON.parse(readFileSync(report, 'utf8')) as MutationReport;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configurationOf({ sources, tests }: Scope, sample: Sample, place: { folder: string; report: string }): object {
  return {
    mutate: sources,
    testRunner: 'jest',
    jest: {
      configFile: 'jest.config.js',
      enableFindRelatedTests: false,
      config: { testMatch: tests.map((glob) => `<rootDir>/${glob}`), maxWorkers: 1, watchman: false },
    },
    ...(sample.percent < WHOLE.percent && {
      plugins: ['@stryker-mutator/*', SAMPLE_CHECKER],
      checkers: ['sample'],
      sample,
    }),
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 1,
    timeoutMS: TIMEOUT_MS,
    // There is none by this name: Stryker would read it by TypeScript's API, which TypeScript 7 has no more.
    tsconfigFile: 'none.json',
    tempDirName: path.join(place.folder, 'sandbox'),
    ignorePatterns: ['bench/data', '/.ci', 'cdk.out', 'dist'],
    reporters: ['json'],
    jsonReporter: { fileName: place.report },
    allowEmpty: false,
  };
}

/** @throws Error with all that was printed, where Stryker itself fails (a survivor is no failure to it). */
async function ended(root: string, configuration: string): Promise<void> {
  const child = spawn(process.execPath, [path.join(root, STRYKER), 'run', configuration], { cwd: root });
  const end = () => child.kill();
  process.once('exit', end);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  process.off('exit', end);
  if (code !== 0) throw new Error(`Stryker ended with ${code}\n${printed}`);
}
