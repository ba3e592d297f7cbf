import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReleaseFacts } from './release-problems.ts';

export const PROJECT_ROOT = path.join(import.meta.dirname, '../..');

const read = (file: string): string => readFileSync(path.join(PROJECT_ROOT, file), 'utf8');
const versionIn = (file: string): string => String((JSON.parse(read(file)) as { version: unknown }).version);
const lines = (...git: string[]): string[] =>
  execFileSync('git', git, { cwd: PROJECT_ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);

/** Reads the checkout and its repository; changes nothing. */
export const gatherFacts = (): ReleaseFacts => ({
  version: versionIn('package.json'),
  lockedVersion: versionIn('package-lock.json'),
  changelog: read('CHANGELOG.md'),
  changedFiles: lines('status', '--porcelain'),
  tags: lines('tag'),
});
