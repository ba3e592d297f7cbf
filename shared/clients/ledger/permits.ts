import { createHash } from 'node:crypto';
import { permitKey } from './keys.ts';
import type { ChangeLedger } from './ledger.ts';
import type { LedgerTable } from './table.ts';

/**
 * A counting semaphore of numbered slots. A lost holder's slot is free again when its lease has run out; a holder's
 * slot is found again by starting at a slot that its name decides.
 */
export function createPermits(table: LedgerTable): Pick<ChangeLedger, 'acquirePermit' | 'releasePermit'> {
  const slotsOf = (holder: string, limit: number) => {
    const first = createHash('sha256').update(holder).digest().readUInt32BE(0) % limit;
    return Array.from({ length: limit }, (_, offset) => (first + offset) % limit);
  };
  const held = new Map<string, number>();
  return {
    acquirePermit: async (holder, limit, nowMs, leaseSeconds) => {
      for (const slot of slotsOf(holder, limit)) {
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
