import type { Definition, SourceFile } from '../definition.ts';
import { cdkPythonDefinitions } from './cdk-python.ts';
import { cdkTypescriptDefinitions } from './cdk-typescript.ts';
import { serverlessDefinitions } from './serverless.ts';
import { templateDefinitions } from './template.ts';
import { terraformDefinitions } from './terraform.ts';
import { UnreadableSourceError } from './unreadable-source-error.ts';

type Reader = (file: SourceFile, files: readonly SourceFile[]) => Definition[] | Promise<Definition[]>;

const yaml: Reader = (file) => [...templateDefinitions(file), ...serverlessDefinitions(file)];

const READERS: Readonly<Record<string, Reader>> = {
  ...{ yaml, yml: yaml, json: yaml, template: yaml },
  ...{ ts: cdkTypescriptDefinitions, mts: cdkTypescriptDefinitions, cts: cdkTypescriptDefinitions },
  py: cdkPythonDefinitions,
  tf: terraformDefinitions,
  // Defines nothing, and names the stack of the template beside it.
  'samconfig.toml': () => [],
};

function readerOf(path: string): Reader | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return READERS[name] ?? READERS[name.slice(name.lastIndexOf('.') + 1)];
}

/** Types, and code that is never deployed; a folder of Terraform may well be called test. */
const NOT_DEPLOYED =
  /\.d\.[cm]?ts$|(^|\/)(tests?|__tests__)\/.*\.([cm]?ts|py)$|\.(test|spec)\.[cm]?ts$|(^|\/)test_[^/]*\.py$/;

/** Whether a file of this name may define functions. */
export const isSource = (path: string): boolean => readerOf(path) !== undefined && !NOT_DEPLOYED.test(path);

/** Every function that the sources define, whoever may be asked for; and the files that could not be read, with why. */
export async function definitionsIn(
  files: readonly SourceFile[],
): Promise<{ definitions: Definition[]; unreadable: string[] }> {
  const definitions: Definition[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    try {
      definitions.push(...((await readerOf(file.path)?.(file, files)) ?? []));
    } catch (error) {
      unreadable.push(reasonOf(file, error));
    }
  }
  return { definitions, unreadable };
}

/** Nesting deep enough exhausts the stack of any parser; that is the file's fault, and no other file's. */
function reasonOf(file: SourceFile, error: unknown): string {
  if (error instanceof UnreadableSourceError) return error.message;
  if (error instanceof RangeError) return `${file.path}: nested too deeply to be read`;
  throw error;
}
