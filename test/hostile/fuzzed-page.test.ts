import * as fc from 'fast-check';
import { hostilePageRequest, OTHER_LINK_ID, otherRun, PROPOSALS, sound } from '../support/hostile/page-requests.ts';
import { fuzzOptions, POISON } from '../support/hostile/poison.ts';
import { asApiEvent, type RawRequest } from '../support/hostile/raw-request.ts';
import { fixtureRun, LINK_ID } from '../support/page/fixture-run.ts';
import { MemoryPageLedger } from '../support/page/memory-page-ledger.ts';
import { bodyOf } from '../support/page/page-event.ts';
import { PageSite } from '../support/page/page-site.ts';

/**
 * The page under requests that nobody thought of. A slice here; `HOSTILE_REQUESTS=10000 npx jest test/hostile` sends them
 * all, and HOSTILE_SEED others.
 */
const STATUSES = [200, 400, 403, 404, 405, 409, 413, 415];
const newSite = () => {
  const others = PROPOSALS.map((each) => ({ ...each, functionName: `other-${each.functionName}` }));
  return new PageSite(new MemoryPageLedger().addRun(fixtureRun(), PROPOSALS).addRun(otherRun, others));
};

/** Leads nowhere but to this host; the icon is the page's own. */
const FOREIGN_ADDRESS = /\b(?:href|action|src)="(?!\/[^/\\]|#|\?|data:,)[^"]*"/;

const seen = new Set<number>();

async function expectNoEffect(site: PageSite, request: RawRequest): Promise<void> {
  const before = site.state();
  site.lines.length = 0;
  const answer = await site.send(asApiEvent(request));
  const text = bodyOf(answer);
  seen.add(answer.statusCode!);
  expect(STATUSES).toContain(answer.statusCode);
  expect(site.state() === before).toBe(true);
  expect(POISON.filter((each) => text.includes(each))).toEqual([]);
  expect(FOREIGN_ADDRESS.exec(text)?.[0]).toBeUndefined();
  // What is refused is refused in words of ours alone; the way back is an address of the page.
  if (answer.statusCode! >= 400) expect(text.replace(/href="[^"]*"/g, '')).not.toMatch(/zq7|evil\.example/);
  const headers = JSON.stringify([answer.headers, answer.cookies]);
  expect(headers).not.toMatch(/zq7|evil\.example|\\r|\\n/);
  const log = JSON.stringify(site.lines);
  for (const secret of ['zq7', 'evil.example', LINK_ID, OTHER_LINK_ID, 'error']) expect(log).not.toContain(secret);
}

it('would take the form of which every spoiled one is made', async () => {
  const site = newSite();
  expect((await site.send(asApiEvent(sound))).statusCode).toBe(303);
  expect(site.ledger.writes).toBe(1);
});

it('answers whatever is sent without failing, changing, or giving anything back', async () => {
  const site = newSite();
  const property = fc.asyncProperty(hostilePageRequest, (request) => expectNoEffect(site, request));
  await fc.assert(property, fuzzOptions(0.7));
  // The page was shown, and each kind of refusal was met, so that none of them was passed over.
  expect([...seen].toSorted((a, b) => a - b)).toEqual(STATUSES);
});
