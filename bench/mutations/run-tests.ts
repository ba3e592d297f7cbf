import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

export interface TestRun {
  /** `file: title` of the first test that failed; undefined when all passed. */
  readonly firstFailure: string | undefined;
  /** Suites that did not even load. A breakage that breaks the syntax proves nothing about the tests. */
  readonly unloadable: readonly string[];
  readonly passed: number;
  readonly seconds: number;
}

interface JestReport {
  numPassedTests: number;
  testResults: {
    name: string;
    message: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/** Runs the tests of a copy of the sources with its own jest configuration. */
export async function runTests(root: string, tests: readonly string[]): Promise<TestRun> {
  const startMs = performance.now();
  const reportFile = path.join(root, 'mutation-report.json');
  rmSync(reportFile, { force: true });
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  const argv = [jest, '--silent', '--json', `--outputFile=${reportFile}`];
  await ended(spawn(process.execPath, [...argv, ...tests], silent(root)));
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport;
  return { ...readReport(report, root), seconds: Math.round((performance.now() - startMs) / 100) / 10 };
}

const silent = (cwd: string) => ({ cwd, stdio: 'ignore' as const });

const ended = (child: ReturnType<typeof spawn>): Promise<void> =>
  new Promise((resolve, reject) => child.once('error', reject).once('close', () => resolve()));

function readReport({ testResults, numPassedTests }: JestReport, root: string): Omit<TestRun, 'seconds'> {
  const suites = testResults.map((each) => ({ ...each, file: path.relative(root, each.name) }));
  const failures = suites.flatMap(({ file, assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => `${file}: ${fullName}`),
  );
  const unloadable = suites.filter((each) => each.status === 'failed' && each.assertionResults.length === 0);
  return {
    firstFailure: failures[0],
    unloadable: unloadable.map(({ file, message }) => `${file}: ${message.split('\n')[0]}`),
    passed: numPassedTests,
  };
}
