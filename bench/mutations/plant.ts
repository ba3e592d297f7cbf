import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Breakage, Spot } from './breakages.ts';

/**
 * The spot of a breakage in the sources under `root`.
 *
 * @throws RangeError unless it stands there exactly once: the sources moved on, and the list has to follow
 */
export function findSpot(root: string, { name, spot }: Breakage): Spot {
  const full = path.join(root, spot.file);
  const count = existsSync(full) ? readFileSync(full, 'utf8').split(spot.search).length - 1 : 0;
  if (count === 1) return spot;
  throw new RangeError(`"${name}" must match exactly once; its text stands ${count} times in ${spot.file}`);
}

/** Breaks the sources under `root`; the answer mends them again. */
export function plant(root: string, { file, search, replace }: Spot): () => void {
  const full = path.join(root, file);
  const sound = readFileSync(full, 'utf8');
  // A function, since `$` means something in a replacement text.
  writeFileSync(
    full,
    sound.replace(search, () => replace),
  );
  return () => writeFileSync(full, sound);
}
