import { hashLinkId, isLinkId } from '../../../../shared/domain/approval/page-access/link-id.ts';
import type { PageLedger } from '../deps.ts';

/** What seals of a run are bound to, found by its link without reading its proposals; undefined for no run's link. */
export async function findRunKey(
  ledger: Pick<PageLedger, 'findRunIdByLink' | 'getRun'>,
  linkId: string,
): Promise<{ key: string; linkHash: string } | undefined> {
  if (!isLinkId(linkId)) return undefined;
  const linkHash = hashLinkId(linkId);
  const runId = await ledger.findRunIdByLink(linkHash);
  const run = runId === undefined ? undefined : await ledger.getRun(runId);
  return run?.nonceKey === undefined ? undefined : { key: run.nonceKey, linkHash };
}
