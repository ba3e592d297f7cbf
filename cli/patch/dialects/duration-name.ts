import type { SourceFile } from '../definition.ts';

/** Bounded, because a file may repeat the beginning of a match without end. */
const USED = /((?:\b[A-Za-z_]\w{0,60}\.){0,3}\bDuration)\s*\.\s*(?:seconds|minutes|hours|millis)\s*\(/;
const IMPORTED =
  /import\s*\{[^}]{0,2000}\bDuration\b[^}]{0,2000}\}\s*from\s*['"]aws-cdk-lib|from\s+aws_cdk\s+import\s+[^\n]{0,2000}\bDuration\b/;
const MODULE = /import\s+\*\s+as\s+(\w+)\s+from\s*['"]aws-cdk-lib['"]|^import\s+aws_cdk\s+as\s+(\w+)/m;

/** A file of thousands of functions is asked thousands of times. */
const known = new WeakMap<SourceFile, { name: string | undefined }>();

/** How a file names CDK's Duration, so that no import has to be added; undefined where it does not yet. */
export function durationName(file: SourceFile): string | undefined {
  const found = known.get(file) ?? { name: find(file.text) };
  known.set(file, found);
  return found.name;
}

function find(text: string): string | undefined {
  const used = USED.exec(text)?.[1];
  if (used !== undefined) return used;
  if (IMPORTED.test(text)) return 'Duration';
  const [, typescript, python] = MODULE.exec(text) ?? [];
  const module = typescript ?? python;
  return module === undefined ? undefined : `${module}.Duration`;
}
