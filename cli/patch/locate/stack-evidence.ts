import path from 'node:path';
import type { Definition, SourceFile } from '../definition.ts';

/** Asked again for each function of a stack. */
const namedByFiles = new WeakMap<readonly SourceFile[], Map<string, boolean>>();

/**
 * Whether any source names a stack: in its path, in what deploys it, or where a CDK app makes it. A logical id such as
 * `ApiFunction` stands in many templates, so that without its stack it proves little.
 */
export function isStackNamed(stackName: string, files: readonly SourceFile[]): boolean {
  const known = namedByFiles.get(files) ?? new Map<string, boolean>();
  namedByFiles.set(files, known);
  const named = known.get(stackName) ?? files.some((file) => names(file, stackName));
  known.set(stackName, named);
  return named;
}

/** The definitions whose own folder names the stack, as beside a samconfig.toml; all of them where that decides nothing. */
export function nearStack<Each extends { definition: Definition }>(
  found: readonly Each[],
  stackName: string | undefined,
  files: readonly SourceFile[],
): readonly Each[] {
  if (found.length < 2 || stackName === undefined) return found;
  const near = found.filter(({ definition }) => {
    const folder = path.posix.dirname(definition.file.path);
    return files.some((file) => path.posix.dirname(file.path) === folder && names(file, stackName));
  });
  return near.length === 1 ? near : found;
}

function names(file: SourceFile, stackName: string): boolean {
  // Names of stacks are letters, digits and hyphens; the tag may hold anything.
  if (!/^[\w-]+$/.test(stackName)) return false;
  const word = new RegExp(`(?<![\\w-])${stackName}(?![\\w-])`);
  return word.test(file.path) || word.test(file.text);
}
