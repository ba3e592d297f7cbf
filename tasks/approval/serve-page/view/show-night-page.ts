import { type NightPage, PAGE_NAMES } from '../../../../shared/domain/night/report-page/page-names.ts';
import { ArtifactMissingError } from '../../../../shared/errors.ts';
import type { DecideDeps } from '../deps.ts';
import { openLink } from '../request/open-link.ts';
import type { PageRequest } from '../request/page-request.ts';
import { Refusal } from '../request/refusal.ts';
import { nightPageResponse, type PageResponse } from '../request/response.ts';
import { hasReport } from './render-night-pages.ts';

/** Shows a page that the run's night drew, to whoever its link is open to, and no other night's. Reads only. */
export async function showNightPage(
  name: NightPage,
  request: PageRequest,
  { ledger, log, readNightPage }: DecideDeps,
  nowMs: number,
): Promise<PageResponse | Refusal> {
  const opened = await openLink(ledger, request.linkId, nowMs, { consistent: false });
  if (opened instanceof Refusal) return opened;
  if (!hasReport(opened.run)) return new Refusal('no-report');
  try {
    const page = await readNightPage(`runs/${opened.run.runId}/${PAGE_NAMES[name]}`);
    return nightPageResponse(page, request.headers['accept-encoding']);
  } catch (error) {
    if (!(error instanceof ArtifactMissingError)) throw error;
    log.error('a night that is over has no page', error);
    return new Refusal('no-report');
  }
}
