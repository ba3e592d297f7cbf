import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The version of what is deployed, as package.json has it. */
export const RELEASE = String(
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8')).version,
);
