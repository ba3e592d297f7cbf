import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** Looked at before the account is: minutes of asking AWS should not end at a folder that is not there. */
export function problemOfFile(option: string, file: string): string | false {
  const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  if (file !== '' && !isFolder && existsSync(path.dirname(file))) return false;
  return `${option} must be a file in a folder that exists, got ${JSON.stringify(file)}`;
}
