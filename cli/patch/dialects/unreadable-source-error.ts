import type { Place } from '../definition.ts';
import { spoken } from '../text/position.ts';

/** A file that seems to define functions and does not parse; the others are read all the same. */
export class UnreadableSourceError extends Error {
  override readonly name = 'UnreadableSourceError';

  constructor(place: Place, why: string) {
    super(`${spoken(place)}: ${why}`);
  }
}
