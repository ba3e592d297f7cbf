import { LINK_READABLE_DAYS } from '../../../../../shared/domain/approval/page-access/link-id.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS, RUN_ID } from '../../../../support/page/fixture-run.ts';
import { MemoryPageLedger } from '../../../../support/page/memory-page-ledger.ts';
import { locationOf, PageBrowser } from '../../../../support/page/page-browser.ts';
import { bodyOf, formEvent, pageEvent } from '../../../../support/page/page-event.ts';
import { PageSite } from '../../../../support/page/page-site.ts';

const REPORT = '<!doctype html><title>Night</title><p>report of the night</p>';
const PAGES = { [`runs/${RUN_ID}/report.html`]: REPORT, [`runs/${RUN_ID}/since-the-beginning.html`]: 'balance' };
const DAY_MS = 86_400_000;

function siteAfter(status: 'running' | 'succeeded' | 'failed', trigger: 'schedule' | 'alarm' = 'schedule'): PageSite {
  const site = new PageSite(new MemoryPageLedger().addRun(fixtureRun({ status, trigger }), fixtureProposals(2)));
  site.nightPages = PAGES;
  return site;
}

const get = (site: PageSite, below: string, linkId = LINK_ID) =>
  site.send(pageEvent({ path: `/runs/${linkId}/${below}` }));

describe("a night's report behind its link", () => {
  it.each([
    ['report', 'report of the night'],
    ['since-the-beginning', 'balance'],
  ])('is shown as the night drew it: %s', async (name, words) => {
    const answer = await get(siteAfter('succeeded'), name);
    expect(answer.statusCode).toBe(200);
    expect(bodyOf(answer)).toContain(words);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
  });

  it('may run nothing and send nothing, whatever stands in it', async () => {
    const { headers } = await get(siteAfter('succeeded'), 'report');
    const policy = String(headers!['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'none'");
    expect(policy).not.toContain('script-src');
  });

  it('changes nothing, however often it is fetched', async () => {
    const site = siteAfter('succeeded');
    const before = site.state();
    await get(site, 'report');
    await get(site, 'since-the-beginning');
    expect([site.state(), site.ledger.writes]).toEqual([before, 0]);
  });

  it.each([
    ['another link', (site: PageSite) => get(site, 'report', Buffer.alloc(32, 8).toString('base64url')), 404],
    ['no link', (site: PageSite) => get(site, 'report', RUN_ID), 404],
    ['a form', (site: PageSite) => site.send({ ...formEvent(LINK_ID, []), rawPath: `/runs/${LINK_ID}/report` }), 405],
    ['a file of another name', (site: PageSite) => get(site, 'proposals.json'), 404],
    ['a way out of the folder', (site: PageSite) => get(site, 'report/../../x'), 404],
  ])('is closed to %s', async (_, ask, status) => {
    const answer = await ask(siteAfter('succeeded'));
    expect(answer.statusCode).toBe(status);
    expect(bodyOf(answer)).not.toContain('report of the night');
  });

  it('is closed when the page is', async () => {
    const site = siteAfter('succeeded');
    site.nowMs = MORNING_MS + (LINK_READABLE_DAYS + 2) * DAY_MS;
    expect((await get(site, 'report')).statusCode).toBe(410);
  });

  it('is promised while the night runs, linked once it is over, and left out where there is none', async () => {
    const page = async (site: PageSite) => bodyOf(await site.open());
    expect(await page(siteAfter('running'))).toContain('linked here once the night is over');
    expect(await page(siteAfter('succeeded'))).toContain(`href="/runs/${LINK_ID}/report"`);
    expect(await page(siteAfter('succeeded', 'alarm'))).not.toMatch(/report/);
    expect(await page(siteAfter('failed'))).not.toMatch(/report/);
  });

  it('is one clear page before it exists, and an error in the log where it should', async () => {
    expect(bodyOf(await get(siteAfter('running'), 'report'))).toContain('No report yet');
    const site = siteAfter('succeeded');
    site.nightPages = {};
    expect((await get(site, 'report')).statusCode).toBe(404);
    expect(site.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  });
});

describe('where approvers sign in', () => {
  it('leads through the sign-in to the report, and to nobody who did not', async () => {
    const browser = new PageBrowser();
    browser.ledger.addRun(fixtureRun({ status: 'succeeded' }), fixtureProposals(1));
    browser.nightPages = PAGES;
    const event = pageEvent({ path: `/runs/${LINK_ID}/report` });
    const away = await browser.send(event);
    expect([away.statusCode, bodyOf(away)]).toEqual([303, '']);
    const back = await browser.send(pageEvent({ path: '/signed-in', ...browser.issuer.signIn(locationOf(away)) }));
    expect(locationOf(back)).toBe(`/runs/${LINK_ID}/report`);
    expect(bodyOf(await browser.send(event))).toContain('report of the night');
  });
});
