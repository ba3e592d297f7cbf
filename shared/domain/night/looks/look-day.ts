import type { Look } from '../../../contracts/look.ts';

const DAY_MS = 86_400_000;
const DAYS = 7;

/**
 * Whether what is remembered of a function is to be found out anew tonight: when it was modified since, when a week has
 * passed, and on its day of the week, which its name decides so that every night has about a seventh of them.
 *
 * @param runDate of tonight, YYYY-MM-DD
 */
export function isDue(
  { functionName, lastModified }: { functionName: string; lastModified: string },
  look: Pick<Look, 'on' | 'lastModified'>,
  runDate: string,
): boolean {
  if (look.lastModified !== lastModified) return true;
  const today = dayOf(runDate);
  return today - dayOf(look.on) >= DAYS || today % DAYS === slotOf(functionName);
}

const dayOf = (date: string): number => Math.floor(Date.parse(date) / DAY_MS);

/** Any function that spreads names evenly does. */
function slotOf(functionName: string): number {
  let hash = 0;
  for (let at = 0; at < functionName.length; at += 1) hash = (hash * 31 + functionName.charCodeAt(at)) >>> 0;
  return hash % DAYS;
}
