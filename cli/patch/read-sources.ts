import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { refuse, UsageError } from '../input/usage-error.ts';
import type { SourceFile } from './definition.ts';
import { isSource } from './dialects/dialects.ts';

/** What tools install or write, and nobody edits. */
const SKIPPED_FOLDERS = new Set(
  'node_modules .git cdk.out .aws-sam .terraform .serverless .venv venv __pycache__ site-packages dist build coverage'.split(
    ' ',
  ),
);
const SKIPPED_FILES = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml']);
/** Larger files are written by programs. */
const FILE_MAX_BYTES = 2_000_000;
const TOTAL_MAX_BYTES = 256_000_000;

export interface Sources {
  files: SourceFile[];
  /** Files that may define functions and were left out, with why. */
  skipped: string[];
}

/**
 * Every file under a directory that may define functions. Links are not followed, so that nothing outside is written
 * and no circle is walked.
 *
 * @throws UsageError where the directory is none, or holds more than anybody keeps as infrastructure
 */
export function readSources(directory: string, workingDirectory: string): Sources {
  refuse([problemOfDirectory(directory, workingDirectory)]);
  const root = path.resolve(workingDirectory, directory);
  const base = baseOf(directory, workingDirectory);
  const sources: Sources = { files: [], skipped: [] };
  let bytes = 0;
  for (const file of filesUnder(root, sources)) {
    if (!isSource(slashed(path.relative(root, file))) || SKIPPED_FILES.has(path.basename(file))) continue;
    bytes += readSource(file, slashed(path.relative(base, file)), sources);
    if (bytes > TOTAL_MAX_BYTES)
      throw new UsageError([`${directory} holds over 256 MB of sources; name a smaller one`]);
  }
  return sources;
}

/** What is wrong with a directory to search, if anything. */
export function problemOfDirectory(directory: string, workingDirectory: string): string | false {
  const found = statSync(path.resolve(workingDirectory, directory), { throwIfNoEntry: false });
  return !found?.isDirectory() && `${JSON.stringify(directory)} is no directory`;
}

/** Where a source's path starts from: where the command runs, or the directory itself where that is elsewhere. */
export const baseOf = (directory: string, workingDirectory: string): string => {
  const root = path.resolve(workingDirectory, directory);
  return isWithin(workingDirectory, root) ? workingDirectory : root;
};

const isWithin = (folder: string, inner: string): boolean => !/^\.\.(?:$|[\\/])/.test(path.relative(folder, inner));
const slashed = (file: string): string => file.split(path.sep).join('/');

/** In the order of their names, so that two calls print the same. */
function* filesUnder(folder: string, { skipped }: Sources): Generator<string> {
  for (const entry of entriesOf(folder, skipped)) {
    const inner = path.join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) yield* filesUnder(inner, { files: [], skipped });
    else if (entry.isFile()) yield inner;
  }
}

function entriesOf(folder: string, skipped: string[]) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    skipped.push(`${folder}: ${(error as NodeJS.ErrnoException).code}`);
    return [];
  }
}

/** Adds one file, unless it is no text in UTF-8; what is decoded strictly is written back as it was. */
function readSource(file: string, name: string, { files, skipped }: Sources): number {
  try {
    const { size } = statSync(file);
    if (size > FILE_MAX_BYTES) throw new Error(`larger than ${FILE_MAX_BYTES / 1e6} MB`);
    const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
    if (decoded.includes('\0')) throw new Error('no text');
    const byteOrderMark = decoded.startsWith('\ufeff');
    files.push({ path: name, text: byteOrderMark ? decoded.slice(1) : decoded, byteOrderMark });
    return size;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    skipped.push(`${name}: ${code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'no text in UTF-8' : (code ?? message)}`);
    return 0;
  }
}
