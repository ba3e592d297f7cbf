import { refuse } from './usage-error.ts';

/** How many rows `--limit` asks for; throws UsageError where that is no number of rows. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  refuse([(!Number.isInteger(limit) || limit < 1) && `--limit is ${text}, allowed is a whole number from 1 on`]);
  return limit;
}
