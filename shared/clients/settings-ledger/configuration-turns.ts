import { clock } from '../../clock.ts';
import { createLedgerTable } from '../ledger/table.ts';

/** What may only be configured by one execution at a time. */
export type ConfigurationSubject = 'alarms' | 'auto-scaling' | 'cold-start';

export type TurnTaken = { taken: true } | { taken: false; holder: string };

/** Whose turn it is to write a kind of settings. */
export interface ConfigurationTurns {
  /** Takes the turn, or keeps it, until a round must be over. */
  take(holder: string): Promise<TurnTaken>;
  end(holder: string): Promise<void>;
}

/** The partition of the ledger that holds the turns. */
export const TURNS_PARTITION = 'SETTINGS#turns';
/** A round is over within Lambda's fifteen minutes, and the next, or another try, begins within one; whoever died gives way. */
const TURN_MS = 1_200_000;
const DAY_SECONDS = 86_400;

export function createConfigurationTurns(tableName: string, subject: ConfigurationSubject): ConfigurationTurns {
  const table = createLedgerTable(tableName);
  const key = { pk: TURNS_PARTITION, sk: subject };
  return {
    take: async (holder) => {
      const nowMs = clock.now();
      const ttl = Math.ceil((nowMs + TURN_MS) / 1_000) + DAY_SECONDS;
      const standing = await table.put(
        { ...key, holder, endsAtMs: nowMs + TURN_MS, ttl },
        {
          expression: 'attribute_not_exists(pk) OR holder = :mine OR endsAtMs <= :now',
          values: { ':mine': holder, ':now': nowMs },
        },
      );
      return standing === undefined ? { taken: true } : { taken: false, holder: String(standing['holder']) };
    },
    end: async (holder) => {
      await table.update(key, {
        set: { endsAtMs: 0 },
        condition: { expression: 'holder = :mine', values: { ':mine': holder } },
      });
    },
  };
}
