import type { ConfigurationLists } from '../clients/artifacts/configuration-lists.ts';
import type { Watchables } from '../clients/cloudwatch-alarms/watchables.ts';
import type { Watchable } from '../domain/configuration/alarms/plan-alarms.ts';
import { TransientError } from '../errors.ts';
import type { RoundTime } from '../round-time.ts';

/** Comes after every function's name. */
const ALL = '~';

export interface LookRound {
  holder: string;
  time: RoundTime;
  /** The last function that rounds before looked at. */
  cursor: string | undefined;
}

export interface Looked {
  watched: Watchable;
  /** Those with provisioned concurrency, for the rounds to come. */
  found: ReadonlyMap<string, string>;
  /** The last function that was looked at; undefined where none was. */
  cursor: string | undefined;
  /** Selected functions that nobody looked at yet. */
  unlooked: number;
  hasLooked: boolean;
}

/**
 * Finds out which selected functions have provisioned concurrency, a call of Lambda's each: twenty minutes for ten
 * thousand, so rounds go on from each other, and what they found waits in the run bucket.
 */
export async function lookAtWatched(
  selected: Watchable,
  { holder, time, cursor }: LookRound,
  { watchables, lists }: { watchables: Watchables; lists: ConfigurationLists },
): Promise<Looked> {
  const found = new Map(cursor === undefined ? [] : await lists.readFound(holder));
  const names = selected.functions.map(({ functionName }) => functionName).sort();
  const todo = cursor === undefined ? names : names.filter((name) => name > cursor);
  let done = 0;
  try {
    // One after the other: Lambda gives 15 such calls a second to everybody together.
    for (; done < todo.length && !time.isUp(); done += 1) {
      const alias = await watchables.findProvisionedQualifier(todo[done]!);
      if (alias !== undefined) found.set(todo[done]!, alias);
    }
  } catch (error) {
    if (!(error instanceof TransientError) || done === 0) throw error;
  }
  const functions = selected.functions.map((each) => {
    const alias = found.get(each.functionName);
    return { ...each, ...(alias !== undefined && { alias }) };
  });
  return {
    watched: { ...selected, functions },
    found,
    // Where there was nothing to look at, nothing waits in the run bucket for the round after.
    cursor: names.length > 0 && done === todo.length ? ALL : (todo[done - 1] ?? cursor),
    unlooked: todo.length - done,
    hasLooked: done > 0,
  };
}
