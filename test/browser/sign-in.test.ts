import { createHmac } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ISSUER } from '../support/oidc/provider-process.ts';
import { PAGE, SignInSite } from '../support/oidc/sign-in-site.ts';
import { clientsWith, EVIL, startTwoIssuers, type TwoIssuers } from '../support/oidc/two-issuers.ts';
import { HOST } from '../support/page/page-event.ts';
import { examine, launch } from './browser-site.ts';
import { TlsFront } from './tls-front.ts';

/** Signing in at a real provider in a real browser, whose own rules (cookies, policies, redirects) take part. */
const SECRET = 'sesame: open & %21 stay';
const SESSION = '__Host-rightsizer-session';

let issuers: TwoIssuers;
let front: TlsFront;
let browser: Browser;
beforeAll(async () => {
  issuers = await startTwoIssuers(SECRET);
  front = new TlsFront();
  const port = await front.open();
  browser = await launch([`--host-resolver-rules=MAP *.example.com:443 127.0.0.1:${port}, MAP * ~NOTFOUND`]);
});
afterAll(async () => {
  await browser.close();
  await front.close();
  issuers.stop();
});

describe.each(clientsWith(SECRET))('in Chromium, with %s', (_, client) => {
  let site: SignInSite;
  let context: BrowserContext;
  let page: Page;
  /** What the approval page itself complained about. */
  let complaints: string[];

  beforeEach(async () => {
    site = await SignInSite.open(issuers.honest, client);
    front.ports[HOST] = Number(new URL(site.page.url).port);
    for (const { issuer, port } of [issuers.honest, issuers.evil]) front.ports[new URL(issuer).host] = port;
    front.divert = () => undefined;
    complaints = [];
    context = await browser.newContext({ ignoreHTTPSErrors: true });
    page = await newPage(context);
  });
  afterEach(async () => {
    await context.close();
    await site.page.close();
    expect(complaints).toEqual([]);
  });

  async function newPage(of: BrowserContext): Promise<Page> {
    const opened = await of.newPage();
    opened.on('console', (message) => {
      const isRefusal = /status of 40\d/.test(message.text());
      if (message.type() === 'error' && message.location().url.includes(HOST) && !isRefusal)
        complaints.push(message.text());
    });
    return opened;
  }

  async function giveLogin(at: Page, login: string): Promise<void> {
    await at.locator('input[name=login]').fill(login);
    await at.locator('input[name=password]').fill('any');
    await at.locator('button[type=submit]').click();
    await at.waitForURL(({ host }) => host === HOST);
  }

  async function signIn(at = page, login = 'ada'): Promise<void> {
    await at.goto(PAGE);
    await giveLogin(at, login);
  }

  const isSignedIn = async (of = context) => (await of.cookies(`https://${HOST}`)).some(({ name }) => name === SESSION);

  /** Changes the way back once, in the browser's own address. */
  function divertWayBack(change: (address: URL) => void): void {
    let isDone = false;
    front.divert = (url) => {
      if (isDone || url.host !== HOST || url.pathname !== '/signed-in') return undefined;
      isDone = true;
      change(url);
      return url.href;
    };
  }

  async function expectRefused(why: RegExp): Promise<void> {
    expect(await page.locator('h1').textContent()).toBe('The sign-in did not work');
    expect(new URL(page.url()).host).toBe(HOST);
    expect([await isSignedIn(), site.ledger.writes]).toEqual([false, 0]);
    expect(site.lines.join('\n')).toMatch(why);
  }

  it('lets who signs in decide, stay signed in, and sign out here and at the issuer', async () => {
    await signIn();
    expect(page.url()).toBe(PAGE);
    expect(await page.getByText('Signed in as ada@example.com').first().isVisible()).toBe(true);
    expect(await examine(page)).toEqual([]);
    const [functionName] = [...site.ledger.proposals.values()].map((each) => each.functionName);
    await page.getByLabel(`Select ${functionName}`, { exact: true }).check();
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await page.getByRole('status').textContent()).toContain('1 change approved.');
    await page.goto(PAGE);
    expect(page.url()).toBe(PAGE);

    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await page.locator('h1').textContent()).toBe('You are signed out');
    expect(await isSignedIn()).toBe(false);
    expect(await examine(page)).toEqual([]);
    await page.getByRole('link', { name: 'Sign out there as well' }).click();
    await page.locator('button[name=logout]').click();
    await page.goto(PAGE);
    await page.locator('input[name=login]').waitFor();
    expect(new URL(page.url()).origin).toBe(ISSUER);
    expect(site.ledger.writes).toBe(1);
  });

  it('sets cookies that no script reads, no other host gets and no plain connection carries', async () => {
    await signIn();
    const cookies = await context.cookies(`https://${HOST}`);
    expect(cookies).toEqual([
      expect.objectContaining({
        name: SESSION,
        domain: HOST,
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
      }),
    ]);
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  it.each<[string, (address: URL) => void]>([
    ['names another issuer', ({ searchParams }) => searchParams.set('iss', EVIL)],
    ['names none', ({ searchParams }) => searchParams.delete('iss')],
  ])('refuses a mix-up whose answer %s', async (_name, change) => {
    divertWayBack(change);
    await signIn();
    await expectRefused(/iss/);
    expect(site.asked.map(({ path }) => path)).not.toContain('/token');
  });

  it('refuses a mix-up that leads to another provider', async () => {
    front.divert = (url) =>
      url.origin === ISSUER && url.pathname === '/auth' ? url.href.replace(ISSUER, EVIL) : undefined;
    await signIn();
    await expectRefused(/iss/);
    expect(site.asked.map(({ path }) => path)).not.toContain('/token');
  });

  it('refuses a code that somebody else signed in for', async () => {
    const attackers = await browser.newContext({ ignoreHTTPSErrors: true });
    let stolen = '';
    divertWayBack((address) => {
      stolen = address.searchParams.get('code')!;
      address.searchParams.delete('code');
    });
    await signIn(await newPage(attackers), 'mallory');
    await attackers.close();
    divertWayBack(({ searchParams }) => searchParams.set('code', stolen));
    await signIn();
    await expectRefused(/invalid_grant/);
  });

  it('refuses another browser’s answer, and its own a second time', async () => {
    let answer = '';
    divertWayBack((address) => {
      answer = address.href;
    });
    await signIn();
    expect(await isSignedIn()).toBe(true);
    const other = await browser.newContext({ ignoreHTTPSErrors: true });
    const elsewhere = await newPage(other);
    await elsewhere.goto(answer);
    expect([await elsewhere.locator('h1').textContent(), await isSignedIn(other)]).toEqual([
      'The sign-in did not work',
      false,
    ]);
    await other.close();
    await context.clearCookies({ domain: HOST });
    await page.goto(answer);
    await expectRefused(/sign-in-failed/);
  });

  it('refuses the state of an earlier sign-in', async () => {
    let state = '';
    divertWayBack(({ searchParams }) => {
      state = searchParams.get('state')!;
    });
    await signIn();
    await context.clearCookies({ domain: HOST });
    divertWayBack(({ searchParams }) => searchParams.set('state', state));
    await page.goto(PAGE);
    await expectRefused(/state/);
  });

  it('leads nowhere else, whatever the way back asks for', async () => {
    divertWayBack(({ searchParams }) => {
      for (const name of ['next', 'redirect_uri', 'pagePath']) searchParams.set(name, `${EVIL}/runs/x`);
    });
    await signIn();
    expect(page.url()).toBe(PAGE);
  });

  const unsigned = (header: object, claims: object): string =>
    [header, claims].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url')).join('.');

  const hs256 = (claims: object): string => {
    const signed = unsigned({ alg: 'HS256', kid: issuers.key.kid }, claims);
    return `${signed}.${createHmac('sha256', issuers.key.publicPem).update(signed).digest('base64url')}`;
  };

  it.each<[string, (claims: Record<string, unknown>) => Promise<string> | string, RegExp]>([
    ['without a signature (alg none)', (claims) => `${unsigned({ alg: 'none' }, claims)}.`, /alg/],
    ['signed by HS256 with the public key', hs256, /alg/],
    ['signed by a withdrawn key', (claims) => issuers.withdrawnKey.sign(claims), /no applicable keys/],
    ['of another issuer', (claims) => issuers.key.sign({ ...claims, iss: EVIL }), /iss/],
    ['of another sign-in', (claims) => issuers.key.sign({ ...claims, nonce: 'another' }), /nonce/],
  ])('refuses an ID token %s', async (_name, forge, why) => {
    site.inTheMiddle = async (url, answer) => {
      if (url.pathname !== '/token') return answer;
      const tokens = (await answer.json()) as { id_token: string };
      return Response.json({ ...tokens, id_token: await forge(decodeJwt(tokens.id_token)) });
    };
    await signIn();
    await expectRefused(why);
  });
});
