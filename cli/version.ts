import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** From the sources, and from `dist` where the package is built. */
const PLACES = ['../package.json', '../../package.json'];

/** This package's version, as its package.json has it. */
export function packageVersion(): string {
  const file = PLACES.map((place) => path.join(import.meta.dirname, place)).find(existsSync);
  return String(JSON.parse(readFileSync(file!, 'utf8')).version);
}
