import { laneKey, ttlSeconds, turnKey } from './keys.ts';
import type { TurnLedger, TurnRequest } from './ledger.ts';
import type { Condition, LedgerTable } from './table.ts';

/** Nothing that takes a turn outlives a day. */
const TURN_RETENTION_MS = 3 * 86_400_000;
/**
 * Longer than a task's quick tries. Whoever asks later than that (an execution that another took over, an answer that
 * Step Functions refused for a while) gets another turn, since hundreds who come back together would all be due at once.
 */
const MISSED_AFTER_MS = 60_000;

/**
 * Turns are handed out by a clock for each lane, an item that says when its next turn begins. DynamoDB puts writes of
 * one item in order, so that hundreds who ask at once get a moment each by a write each, and none has to ask again.
 * A turn that nobody uses passes like any other.
 */
export function createTurnLedger(table: LedgerTable): TurnLedger {
  return {
    takeTurn: async (request) => {
      const key = turnKey(request.holder);
      const own = await table.get(key);
      const heldMs = own && Number(own['atMs']);
      if (heldMs !== undefined && request.nowMs <= heldMs + MISSED_AFTER_MS) return heldMs;
      const atMs = await nextTurn(table, request);
      const ttl = ttlSeconds(new Date(atMs + TURN_RETENTION_MS).toISOString());
      const standing = await table.put({ ...key, atMs, ttl }, unlessTaken(heldMs));
      // Two tries of one change at the same moment: the first one's turn holds, the other's passes unused.
      return standing === undefined ? atMs : Number(standing['atMs']);
    },
  };
}

const unlessTaken = (heldMs: number | undefined): Condition =>
  heldMs === undefined
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: 'atMs = :held', values: { ':held': heldMs } };

/** One write while others wait as well; two for the first after a rest; three when two come first at once. */
async function nextTurn(table: LedgerTable, { lane, lengthMs, nowMs }: TurnRequest): Promise<number> {
  const key = laneKey(lane);
  const append = { add: { nextAtMs: lengthMs } };
  const busy = await table.update(key, {
    ...append,
    condition: { expression: 'nextAtMs >= :now', values: { ':now': nowMs } },
  });
  if (busy.written) return Number(busy.item['nextAtMs']) - lengthMs;
  const first = await table.update(key, {
    set: { nextAtMs: nowMs + lengthMs },
    condition: { expression: 'attribute_not_exists(pk) OR nextAtMs < :now', values: { ':now': nowMs } },
  });
  if (first.written) return nowMs;
  // Somebody was first a moment ago; a lane's clock never goes back, so this one needs no condition.
  const second = await table.update(key, append);
  return Number(second.item?.['nextAtMs']) - lengthMs;
}
