import { gunzipSync } from 'node:zlib';
import { decideRequest } from '../../tasks/approval/serve-page/request/decide-request.ts';
import type { PageResponse } from '../../tasks/approval/serve-page/request/response.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS } from '../../test/support/page/fixture-run.ts';
import { MemoryPageLedger } from '../../test/support/page/memory-page-ledger.ts';
import { nightPages } from '../../test/support/page/night-pages.ts';
import { pageEvent } from '../../test/support/page/page-event.ts';

const WARM_UP_RUNS = 10;
const MEASURED_RUNS = 40;

export interface PageFigures {
  proposals: number;
  /** Median of the measured runs. */
  handlerMs: number;
  htmlKiB: number;
  gzipKiB: number;
}

/** How long the handler works on a page of so many proposals, and how large it is. */
export async function measurePage(proposals: number): Promise<PageFigures> {
  const ledger = new MemoryPageLedger().addRun(fixtureRun({ proposalCount: proposals }), fixtureProposals(proposals));
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const event = pageEvent({ path: `/runs/${LINK_ID}`, headers: { 'accept-encoding': 'gzip' } });
  const open = () =>
    decideRequest(event, { ledger, log: silent, readNightPage: nightPages(), timeZone: 'Europe/Berlin' }, MORNING_MS);
  const timesMs: number[] = [];
  let answer: PageResponse | undefined;
  for (let run = 0; run < WARM_UP_RUNS + MEASURED_RUNS; run += 1) {
    const startMs = performance.now();
    answer = await open();
    if (run >= WARM_UP_RUNS) timesMs.push(performance.now() - startMs);
  }
  if (answer?.statusCode !== 200) throw new Error(`expected the page to answer 200, got ${answer?.statusCode}`);
  const packed = Buffer.from(answer.body ?? '', 'base64');
  return {
    proposals,
    handlerMs: round(timesMs.toSorted((a, b) => a - b)[MEASURED_RUNS / 2]!),
    htmlKiB: round(gunzipSync(packed).length / 1024),
    gzipKiB: round(packed.length / 1024),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
