import { createHash } from 'node:crypto';
import { permitKey } from './keys.ts';
import type { ChangeLedger } from './ledger.ts';
import type { Item, LedgerTable } from './table.ts';

/**
 * A counting semaphore of numbered slots. A lost holder's slot is free again when its lease has run out. One read tells
 * which slots are worth trying, so that hundreds of waiting changes cost a read each and not a write per slot; holders
 * begin at different slots, so that those who wait don't all reach for the same.
 */
export function createPermits(table: LedgerTable): Pick<ChangeLedger, 'acquirePermit' | 'releasePermit'> {
  const held = new Map<string, number>();
  return {
    acquirePermit: async (holder, limit, nowMs, leaseSeconds) => {
      for (const slot of slotsToTry(await readSlots(table), holder, limit, nowMs)) {
        const standing = await table.put(
          { ...permitKey(slot), holder, expiresAtMs: nowMs + leaseSeconds * 1000 },
          {
            expression: 'attribute_not_exists(pk) OR expiresAtMs <= :now OR holder = :holder',
            values: { ':now': nowMs, ':holder': holder },
          },
        );
        if (standing === undefined) {
          held.set(holder, slot);
          return true;
        }
      }
      return false;
    },
    releasePermit: async (holder) => {
      const slot = held.get(holder);
      if (slot === undefined) return;
      held.delete(holder);
      await table.update(permitKey(slot), {
        set: { expiresAtMs: 0 },
        condition: { expression: 'holder = :holder', values: { ':holder': holder } },
      });
    },
  };
}

async function readSlots(table: LedgerTable): Promise<Map<string, Item>> {
  const items = await table.query({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': permitKey(0).pk },
    ConsistentRead: true,
  });
  return new Map(items.map((item) => [String(item['sk']), item]));
}

/** The slot that the holder still has (an earlier try's, which died with it), else those that are free. */
function slotsToTry(slots: ReadonlyMap<string, Item>, holder: string, limit: number, nowMs: number): number[] {
  const first = createHash('sha256').update(holder).digest().readUInt32BE(0) % limit;
  const all = Array.from({ length: limit }, (_, offset) => (first + offset) % limit);
  const itemOf = (slot: number) => slots.get(permitKey(slot).sk);
  const isFree = (slot: number) => Number(itemOf(slot)?.['expiresAtMs'] ?? 0) <= nowMs;
  const own = all.filter((slot) => !isFree(slot) && itemOf(slot)?.['holder'] === holder);
  return own.length > 0 ? own : all.filter(isFree);
}
