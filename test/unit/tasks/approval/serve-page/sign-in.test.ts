import { decideRequest } from '../../../../../tasks/approval/serve-page/request/decide-request.ts';
import type { PageResponse } from '../../../../../tasks/approval/serve-page/request/response.ts';
import { CLIENT_ID, type FakeIssuer } from '../../../../support/page/fake-issuer.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS, RUN_ID } from '../../../../support/page/fixture-run.ts';
import { nightPages } from '../../../../support/page/night-pages.ts';
import { locationOf, PageBrowser } from '../../../../support/page/page-browser.ts';
import { bodyOf, HOST, pageEvent } from '../../../../support/page/page-event.ts';

let browser: PageBrowser;
beforeEach(() => {
  browser = new PageBrowser();
});

describe('a page that asks people to sign in', () => {
  it('sends them to the issuer with PKCE, without the link’s id, and shows nothing before', async () => {
    const response = await browser.open();
    const address = new URL(locationOf(response));
    expect([response.statusCode, response.body]).toEqual([303, '']);
    expect(`${address.origin}${address.pathname}`).toBe('https://login.example.com/authorize');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      tenant: '1',
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: `https://${HOST}/signed-in`,
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(address.href).not.toContain(LINK_ID);
  });

  it('shows the page to who signed in, and records the verified address whatever name the form gives', async () => {
    const back = await browser.signIn();
    expect([back.statusCode, locationOf(back)]).toEqual([303, `/runs/${LINK_ID}`]);
    expect(bodyOf(await browser.open())).toContain('ada@example.com');
    expect((await browser.decide()).statusCode).toBe(303);
    const decided = [...browser.ledger.proposals.values()].filter(({ decision }) => decision);
    expect(decided).toHaveLength(1);
    expect(decided[0]!.decision!.by).toEqual({ kind: 'oidc', name: 'ada@example.com' });
  });

  it.each([
    [{ email: 'ada@example.com', email_verified: false, name: 'Ada' }, 'Ada'],
    [{ email: 'ada@example.com', email_verified: 'true' }, 'ada@example.com'],
    [{ email: undefined, email_verified: undefined }, 'subject-1'],
  ])('takes from the claims %j the name %s', async (claims, name) => {
    browser.issuer.claims = claims;
    await browser.signIn();
    expect(bodyOf(await browser.open())).toContain(`<b>${name}</b>`);
  });

  it('changes nothing in the ledger while people sign in', async () => {
    const before = JSON.stringify([...browser.ledger.proposals, ...browser.ledger.runs]);
    await browser.signIn();
    await browser.open();
    expect(JSON.stringify([...browser.ledger.proposals, ...browser.ledger.runs])).toBe(before);
    expect(browser.ledger.writes).toBe(0);
  });

  it('refuses a form without a session, and a script’s request, instead of sending them away', async () => {
    expect((await browser.decide()).statusCode).toBe(401);
    const script = pageEvent({ path: `/runs/${LINK_ID}`, headers: { 'sec-fetch-mode': 'cors' } });
    expect((await browser.send(script)).statusCode).toBe(401);
    expect(browser.ledger.writes).toBe(0);
  });

  it('asks again once the session is over', async () => {
    await browser.signIn();
    browser.nowMs += 4 * 3_600_000 + 1;
    const response = await browser.open();
    expect(locationOf(response)).toMatch(/^https:\/\/login\.example\.com/);
  });

  it('does not take one run’s session for another run', async () => {
    await browser.signIn();
    const otherLink = Buffer.alloc(32, 8).toString('base64url');
    const { hashLinkId } = await import('../../../../../shared/domain/approval/page-access/link-id.ts');
    browser.ledger.addRun(
      fixtureRun({ runId: 'other', linkHash: hashLinkId(otherLink), nonceKey: '7a'.repeat(32) }),
      fixtureProposals(1),
    );
    expect(locationOf(await browser.open(otherLink))).toMatch(/^https:\/\/login\.example\.com/);
    // The same key would not help either: the seal holds the link.
    browser.ledger.runs.get('other')!.nonceKey = browser.ledger.runs.get(RUN_ID)!.nonceKey!;
    expect(locationOf(await browser.open(otherLink))).toMatch(/^https:\/\/login\.example\.com/);
  });

  it('asks nobody to sign in for a link that leads nowhere', async () => {
    const response = await browser.open(Buffer.alloc(32, 9).toString('base64url'));
    expect([response.statusCode, response.cookies]).toEqual([404, undefined]);
    expect(browser.issuer.requests).toEqual([]);
  });
});

describe('coming back from the issuer', () => {
  async function comeBack(change: (query: URLSearchParams) => void = () => {}): Promise<PageResponse> {
    const { query } = browser.issuer.signIn(locationOf(await browser.open()));
    const changed = new URLSearchParams(query);
    change(changed);
    return browser.send(pageEvent({ path: '/signed-in', query: changed.toString() }));
  }

  const refused = (response: PageResponse) => {
    expect([response.statusCode, response.cookies]).toEqual([403, undefined]);
    expect(browser.cookies.has('__Host-rightsizer-session')).toBe(false);
    expect(bodyOf(response)).toContain('The sign-in did not work');
  };

  it.each<[string, (query: URLSearchParams) => void]>([
    ['another state', (query) => query.set('state', 'x'.repeat(43))],
    ['no state', (query) => query.delete('state')],
    ['no code, but an error', (query) => query.delete('code')],
    ['a code that was never given', (query) => query.set('code', 'code-99')],
  ])('is refused with %s', async (_, change) => {
    refused(await comeBack(change));
  });

  it('is refused in a browser that began no sign-in', async () => {
    const { query } = browser.issuer.signIn(locationOf(await browser.open()));
    browser.cookies.clear();
    refused(await browser.send(pageEvent({ path: '/signed-in', query })));
  });

  it('is refused with a sign-in that was tampered with, or took too long', async () => {
    const { query } = browser.issuer.signIn(locationOf(await browser.open()));
    const cookie = browser.cookies.get('__Host-rightsizer-sign-in')!;
    browser.cookies.set('__Host-rightsizer-sign-in', `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`);
    refused(await browser.send(pageEvent({ path: '/signed-in', query })));
    browser.cookies.set('__Host-rightsizer-sign-in', cookie);
    browser.nowMs += 10 * 60_000 + 1;
    refused(await browser.send(pageEvent({ path: '/signed-in', query })));
  });

  it('is refused a second time with the same code', async () => {
    const { query } = browser.issuer.signIn(locationOf(await browser.open()));
    const cookie = browser.cookies.get('__Host-rightsizer-sign-in')!;
    await browser.send(pageEvent({ path: '/signed-in', query }));
    browser.cookies.clear();
    browser.cookies.set('__Host-rightsizer-sign-in', cookie);
    refused(await browser.send(pageEvent({ path: '/signed-in', query })));
  });

  it.each<[string, Partial<Pick<FakeIssuer, 'claims' | 'header' | 'published'>>, RegExp]>([
    ['of another issuer', { claims: { iss: 'https://evil.example.com' } }, /iss/],
    ['for another client', { claims: { aud: 'client-2' } }, /aud/],
    ['for several clients, given to another', { claims: { aud: [CLIENT_ID, 'client-2'] } }, /aud/],
    ['that has expired', { claims: { exp: Math.floor(Date.now() / 1_000) - 61 } }, /exp/],
    ['of another sign-in', { claims: { nonce: 'other' } }, /nonce/],
    ['without a nonce', { claims: { nonce: undefined } }, /nonce/],
    ['without a signature', { header: { alg: 'none' } }, /alg/],
    ['signed with the client’s id', { header: { alg: 'HS256' } }, /alg/],
    ['signed by an algorithm named like a method', { header: { alg: 'constructor' } }, /alg/],
    ['signed by nobody’s key', { published: [] }, /no applicable keys/],
  ])('is refused with a token %s', async (_, change, why) => {
    Object.assign(browser.issuer, change);
    refused(await comeBack());
    expect(browser.warnings).toContainEqual({ why: expect.stringMatching(why) });
  });

  it('works after the issuer has changed its keys', async () => {
    await browser.signIn();
    browser.cookies.clear();
    browser.issuer.rotateKeys();
    expect((await browser.signIn()).statusCode).toBe(303);
    expect(browser.cookies.has('__Host-rightsizer-session')).toBe(true);
  });

  it('does not exist where nobody signs in', async () => {
    const log = { info() {}, warn() {}, error() {} };
    const response = await decideRequest(
      pageEvent({ path: '/signed-in', query: 'code=1&state=2' }),
      { ledger: browser.ledger, log, readNightPage: nightPages(), timeZone: 'UTC' },
      MORNING_MS,
    );
    expect(response.statusCode).toBe(404);
  });
});

describe('an issuer that is away', () => {
  it.each([
    ['the page is opened', () => browser.open()],
    ['the browser comes back', async () => browser.send(pageEvent({ path: '/signed-in', query: 'code=1&state=2' }))],
  ])('is one clear page when %s, without a session', async (_, ask) => {
    await browser.open();
    browser.forgetIssuer();
    const answer = await ask();
    expect([answer.statusCode, answer.cookies]).toEqual([503, undefined]);
    expect(bodyOf(answer)).toContain('The sign-in does not answer');
    expect(bodyOf(answer)).not.toContain('href="/runs/"');
  });
});
