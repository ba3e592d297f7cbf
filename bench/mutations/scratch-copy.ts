import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A copy of what git tracks or would track, with this checkout's node_modules linked in, so that a run that is cut off
 * never leaves a breakage in somebody's working tree.
 */
export function makeScratchCopy(root: string): { root: string; remove: () => void } {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  const files = listed.toString().split('\0').filter(Boolean);
  const copy = mkdtempSync(path.join(tmpdir(), 'rightsizer-mutations-'));
  // A file that git knows may be deleted in the working tree.
  for (const file of files.filter((each) => existsSync(path.join(root, each))))
    cpSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return { root: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
