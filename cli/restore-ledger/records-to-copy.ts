import { PROPOSAL_PREFIX, RECORD_PARTITIONS, TOKEN_PREFIX } from '../../shared/clients/ledger/keys.ts';
import type { KeyedItem } from '../clients/table-items.ts';
import { UsageError } from '../input/usage-error.ts';

/**
 * The records of another ledger that are still of use, in groups to be written one after the other: the stream's
 * consumer acts on proposals and task tokens, and must find everything else in place by then.
 *
 * @throws UsageError where the table holds what no ledger does
 */
export function recordsToCopy(items: readonly KeyedItem[], from: string, nowMs: number): KeyedItem[][] {
  const foreign = items.find(({ pk }) => !RECORD_PARTITIONS.some((partition) => String(pk).startsWith(partition)));
  if (foreign !== undefined)
    throw new UsageError([`--from ${from} is no ledger: it holds an item ${JSON.stringify(foreign.pk)}`]);
  const live = items.filter(({ ttl }) => typeof ttl !== 'number' || ttl * 1_000 > nowMs);
  const isProposal = ({ sk }: KeyedItem) => sk.startsWith(PROPOSAL_PREFIX);
  const isToken = ({ sk }: KeyedItem) => sk.startsWith(TOKEN_PREFIX);
  return [live.filter((each) => !isProposal(each) && !isToken(each)), live.filter(isProposal), live.filter(isToken)];
}
