import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Breakage, Spot } from './breakages.ts';

/** How often the spot's text stands in its file; 0 where there is no such file. */
function occurrences(root: string, { file, search }: Spot): number {
  const full = path.join(root, file);
  return existsSync(full) ? readFileSync(full, 'utf8').split(search).length - 1 : 0;
}

/**
 * The one spot of a breakage that is in the sources under `root`.
 *
 * @throws RangeError unless exactly one spot stands there exactly once: the sources moved on, and the list has to follow
 */
export function findSpot(root: string, { name, spots }: Breakage): Spot {
  const counts = spots.map((spot) => ({ spot, count: occurrences(root, spot) }));
  const found = counts.filter(({ count }) => count > 0);
  if (found.length === 1 && found[0]!.count === 1) return found[0]!.spot;
  const seen = counts.map(({ spot, count }) => `${count} times in ${spot.file}`).join(', ');
  throw new RangeError(`"${name}" must match exactly once; its text stands ${seen}`);
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
