import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { gatherFacts, PROJECT_ROOT } from './gather-facts.ts';
import { release } from './release.ts';

const USAGE = `npm run release -- [--dry-run]

Checks this checkout and makes its release in release/: package, template, bill of materials, notes, hashes, and a tag.
Publishes nothing. Refuses where the working tree is not clean, the changelog has no section of the version, the version
was released before, or a check fails.

  --dry-run  say what would be done and what stands against it; change nothing
  --help     this text

Exit code 0: released, or it could be. 1: not. 2: wrong usage.
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const run = (line: string): void =>
  void execFileSync('bash', ['-euo', 'pipefail', '-c', line], { cwd: PROJECT_ROOT, stdio: 'inherit' });

try {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) say(USAGE);
  else process.exitCode = attempt(values['dry-run'] ?? false) ? 0 : 1;
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message}\n${USAGE}`);
  process.exitCode = 2;
}

function attempt(dryRun: boolean): boolean {
  try {
    return release(dryRun, { facts: gatherFacts(), say, run });
  } catch (error) {
    process.stderr.write(`error: ${(error as Error).message}\n`);
    return false;
  }
}
