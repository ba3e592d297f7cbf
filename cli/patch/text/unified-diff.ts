import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { SourceFile } from '../definition.ts';

const CONTEXT_LINES = 3;

/** One file's change as `git apply` and `patch -p1` read it; empty where nothing changes. */
export function unifiedDiff(file: SourceFile, changed: string): string {
  const [from, to] = [whole(file, file.text), whole(file, changed)];
  if (from === to) return '';
  const patch = structuredPatch(`a/${file.path}`, `b/${file.path}`, from, to, '', '', { context: CONTEXT_LINES });
  // Without git's own header: with it, git takes paths from the top of the repository, and in a folder below it applies
  // nothing and says nothing.
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

/** A file's text as it is on disk. */
export const whole = ({ byteOrderMark }: SourceFile, text: string): string => (byteOrderMark ? `\ufeff${text}` : text);
