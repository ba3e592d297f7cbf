import { createHash } from 'node:crypto';
import type { Consent, Evidence } from '../world/evidence.ts';
import type { Proposal } from './records.ts';

/** What people said about this proposal: on a page of its own night, whose link the ledger keeps by its hash. */
export function saidAbout({ runId, functionName }: Proposal, { consents, ledger }: Evidence): Consent[] {
  const links = new Set(
    ledger.filter((item) => item.pk.startsWith('LINK#') && item['runId'] === runId).map(({ pk }) => pk),
  );
  return consents.filter(
    (each) => each.functionName === functionName && each.links.some((link) => links.has(keyOf(link))),
  );
}

const keyOf = (link: string): string =>
  `LINK#${createHash('sha256')
    .update(link.split('/runs/')[1] ?? '')
    .digest('hex')}`;
