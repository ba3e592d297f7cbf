import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');
/** All that a synthesized template can depend on. */
const SOURCES = ['infra', 'workflows', 'tasks', 'shared', 'sandbox/demos/night', 'package-lock.json'];

/** Jest's global setup: tells every test file which sources this run is of, so that `kept-templates.ts` need not ask. */
export default function hashSources(): void {
  const hash = createHash('sha256');
  for (const source of SOURCES.flatMap(filesIn)) hash.update(source).update(readFileSync(path.join(ROOT, source)));
  process.env['RIGHTSIZER_TEST_SOURCES'] = hash.digest('hex');
}

function filesIn(source: string): string[] {
  if (path.extname(source) !== '') return [source];
  return readdirSync(path.join(ROOT, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(ROOT, path.join(parentPath, name)))
    .toSorted();
}
