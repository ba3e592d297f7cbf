import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { SavedSteps } from './saved-steps.ts';

/** What was found out longer ago is found out anew. */
const SAVED_FOR_MS = 6 * 3_600_000;

interface Begun {
  atMs: number;
  how: string;
}

/**
 * The steps of the assessment that was interrupted with the same options, or of one that begins now. Each has a folder
 * of its own, so that two at once, or one with `--fresh`, take nothing from under each other.
 */
export async function openSteps(
  folder: string,
  { how, fresh, nowMs }: { how: string; fresh: boolean; nowMs: number },
): Promise<{ steps: SavedSteps; startedAtMs: number }> {
  const root = new SavedSteps(folder);
  const begun = await root.readJson('begun', (value) => value as Begun).catch(() => undefined);
  const usable = begun?.how === how && nowMs - begun.atMs < SAVED_FOR_MS && nowMs >= begun.atMs;
  const startedAtMs = usable && !fresh ? begun.atMs : nowMs;
  if (startedAtMs === nowMs) {
    removeOld(folder, nowMs);
    await root.writeJson('begun', { atMs: nowMs, how });
  }
  return { steps: new SavedSteps(path.join(folder, String(startedAtMs))), startedAtMs };
}

/** Whatever is so old that no assessment can be at work in it. */
function removeOld(folder: string, nowMs: number): void {
  const old = readdirSync(folder).filter((name) => !(nowMs - Number(name) < SAVED_FOR_MS) && name !== 'begun');
  for (const name of old) rmSync(path.join(folder, name), { recursive: true, force: true });
}
