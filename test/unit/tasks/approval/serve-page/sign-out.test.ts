import { decideRequest } from '../../../../../tasks/approval/serve-page/request/decide-request.ts';
import { LINK_ID, MORNING_MS } from '../../../../support/page/fixture-run.ts';
import { nightPages } from '../../../../support/page/night-pages.ts';
import { locationOf, PageBrowser } from '../../../../support/page/page-browser.ts';
import { bodyOf, formEvent, pageEvent } from '../../../../support/page/page-event.ts';

let browser: PageBrowser;
beforeEach(() => {
  browser = new PageBrowser();
});

describe('signing out', () => {
  const signOut = (headers: Record<string, string | undefined> = {}, linkId = LINK_ID) =>
    browser.send({ ...formEvent(linkId, [], headers), rawPath: `/runs/${linkId}/sign-out` });

  it('is offered to who is signed in, and ends the session in this browser', async () => {
    await browser.signIn();
    expect(bodyOf(await browser.open())).toContain(`action="/runs/${LINK_ID}/sign-out"`);
    const answer = await signOut();
    expect([answer.statusCode, [...browser.cookies]]).toEqual([200, []]);
    expect(bodyOf(answer)).toContain('You are signed out');
    expect(locationOf(await browser.open())).toMatch(/^https:\/\/login\.example\.com/);
    expect(browser.ledger.writes).toBe(0);
  });

  it('leads on to the issuer’s own sign-out where it has one', async () => {
    browser.issuer.endSession = 'https://login.example.com/end?tenant="1"';
    await browser.signIn();
    expect(bodyOf(await signOut())).toContain(
      'href="https://login.example.com/end?tenant=%221%22&amp;client_id=client-1"',
    );
  });

  it('works though the issuer is away', async () => {
    await browser.signIn();
    browser.forgetIssuer();
    const answer = await signOut();
    expect([answer.statusCode, [...browser.cookies]]).toEqual([200, []]);
    expect(bodyOf(answer)).not.toContain('Sign out there');
  });

  it.each([
    ['from another site', { origin: 'https://evil.example.com' }, 403],
    ['from another site, by what the browser says', { 'sec-fetch-site': 'cross-site' }, 403],
    ['without an origin', { origin: undefined }, 403],
    ['as JSON', { 'content-type': 'application/json' }, 415],
  ])('is refused %s, and the session stays', async (_, headers, status) => {
    await browser.signIn();
    expect((await signOut(headers)).statusCode).toBe(status);
    expect(browser.cookies.has('__Host-rightsizer-session')).toBe(true);
  });

  it('is no page to open, and not there for a link that leads nowhere', async () => {
    await browser.signIn();
    expect((await browser.send(pageEvent({ path: `/runs/${LINK_ID}/sign-out` }))).statusCode).toBe(405);
    const asked = browser.issuer.requests.length;
    expect((await signOut({}, Buffer.alloc(32, 9).toString('base64url'))).statusCode).toBe(404);
    expect(browser.issuer.requests).toHaveLength(asked);
  });

  it('does not exist where nobody signs in', async () => {
    const log = { info() {}, warn() {}, error() {} };
    const event = { ...formEvent(LINK_ID, []), rawPath: `/runs/${LINK_ID}/sign-out` };
    const response = await decideRequest(
      event,
      { ledger: browser.ledger, log, readNightPage: nightPages(), timeZone: 'UTC' },
      MORNING_MS,
    );
    expect(response.statusCode).toBe(404);
  });
});
