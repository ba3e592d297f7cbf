import type { Looks } from '../../../contracts/look.ts';
import { placeKey, placeOf } from '../../organization/place.ts';
import type { NightResults } from '../summary/summarize.ts';
import type { Tonight } from './remember-lines.ts';

const DAY_MS = 86_400_000;

/**
 * What is remembered of places that said nothing tonight: one that does not answer for a night would otherwise be looked at as if for the
 * first time, all of its lines read anew. After a look-back without a word it is forgotten, as one that is configured no longer has to be.
 */
export function looksOfPlacesAway(
  { runDate, policy }: Tonight,
  { assessed, excluded }: Pick<NightResults, 'assessed' | 'excluded'>,
  former: Looks,
): Looks {
  const heard = new Set([...assessed, ...excluded].map(({ functionName }) => placeKey(placeOf(functionName))));
  const oldestMs = Date.parse(runDate) - policy.lookbackDays * DAY_MS;
  const isAway = (functionName: string): boolean => {
    const place = placeOf(functionName);
    return place !== undefined && !heard.has(placeKey(place));
  };
  return Object.fromEntries(
    Object.entries(former).filter(([name, { on }]) => isAway(name) && Date.parse(on) >= oldestMs),
  );
}
