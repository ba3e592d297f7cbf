/**
 * `npm run build`: JavaScript and type declarations of what is published, into `dist`. Node refuses to strip types from
 * files under node_modules, so a function that installs this package needs JavaScript; inside this repository
 * everything runs from the sources and nothing reads `dist`.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT_ROOT = path.join(import.meta.dirname, '..');
const DIST = path.join(PROJECT_ROOT, 'dist');

rmSync(DIST, { recursive: true, force: true });
compile();
for (const file of globSync('shared/*/package.json', { cwd: PROJECT_ROOT })) copyManifest(file);
chmodSync(path.join(DIST, 'cli/rightsizer.js'), 0o755);

function compile(): void {
  const tsc = path.join(PROJECT_ROOT, 'node_modules/.bin/tsc');
  execFileSync(tsc, ['-p', path.join(import.meta.dirname, 'tsconfig.json')], { stdio: 'inherit' });
}

/** A library's own manifest: which of its files bundlers may leave out, and which SDK loader they and Node read. */
function copyManifest(file: string): void {
  const target = path.join(DIST, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, readFileSync(path.join(PROJECT_ROOT, file), 'utf8').replaceAll('.ts"', '.js"'));
}
