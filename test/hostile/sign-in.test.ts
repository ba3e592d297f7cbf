import { createHmac } from 'node:crypto';
import { decodeJwt } from 'jose';
import { ISSUER } from '../support/oidc/provider-process.ts';
import { type InTheMiddle, PAGE, SignInSite } from '../support/oidc/sign-in-site.ts';
import { makeSigningKey } from '../support/oidc/signing-keys.ts';
import { clientsWith, EVIL, startTwoIssuers, type TwoIssuers } from '../support/oidc/two-issuers.ts';
import type { UserAgent } from '../support/oidc/user-agent.ts';
import { HOST } from '../support/page/page-event.ts';

/**
 * The attacks of RFC 9700 on the code flow, and forged ID tokens, against the page over HTTP and a real provider. The
 * provider is honest; whoever attacks holds its published keys, its former private key, and the answers on their way.
 */
const SECRET = 'open-sesame';
const SIGN_IN = '__Host-rightsizer-sign-in';

let issuers: TwoIssuers;
beforeAll(async () => {
  issuers = await startTwoIssuers(SECRET);
});
afterAll(() => issuers.stop());

describe.each(clientsWith(SECRET))('signing in with %s', (_, client) => {
  let site: SignInSite;
  let victim: UserAgent;
  beforeEach(async () => {
    site = await SignInSite.open(issuers.honest, client);
    victim = site.agent();
  });
  afterEach(() => site.page.close());

  const tokenRequests = () => site.asked.filter(({ path }) => path === '/token').length;

  /** Nobody is signed in, nothing is written, and one page says so without a word of the attack. */
  async function expectRefused(address: URL, why: RegExp): Promise<void> {
    const shown = await victim.open(address.href);
    expect([shown.status, shown.url.href]).toEqual([403, address.href]);
    expect(shown.body).toContain('The sign-in did not work');
    expect(site.isSignedIn(victim)).toBe(false);
    expect(site.ledger.writes).toBe(0);
    expect(site.lines.filter((line) => line.startsWith('sign-in refused')).join()).toMatch(why);
  }

  const changed = (back: URL, change: (query: URLSearchParams) => void): URL => {
    const address = new URL(back);
    change(address.searchParams);
    return address;
  };

  it('works where nobody attacks', async () => {
    expect((await site.enter(victim, 'ada')).status).toBe(200);
    expect(site.isSignedIn(victim)).toBe(true);
  });

  it('refuses a mix-up, a sign-in that was led to another provider, before the code goes anywhere', async () => {
    victim = site.agent(issuers.evil);
    const { url } = await victim.open(PAGE, ({ host }) => host !== HOST);
    const form = await victim.open(`${EVIL}${url.pathname}${url.search}`);
    await expectRefused(await site.giveLogin(victim, form, 'ada'), /iss/);
    expect(tokenRequests()).toBe(0);
  });

  it.each<[string, (query: URLSearchParams) => void]>([
    ['another issuer', (query) => query.set('iss', EVIL)],
    ['nobody', (query) => query.delete('iss')],
    ['two issuers', (query) => query.append('iss', EVIL)],
  ])('refuses a mix-up, an answer that names %s, before the code goes anywhere', async (_name, change) => {
    const back = await site.signIn(victim, 'ada');
    await expectRefused(changed(back, change), /iss/);
    expect(tokenRequests()).toBe(0);
  });

  it('refuses a code that somebody else signed in for, put into this browser’s answer', async () => {
    const attackers = await site.signIn(site.agent(), 'mallory');
    const back = await site.signIn(victim, 'ada');
    await expectRefused(
      changed(back, (query) => query.set('code', attackers.searchParams.get('code')!)),
      /invalid_grant/,
    );
  });

  it('refuses somebody else’s whole answer, which would sign this browser in as them', async () => {
    const attackers = await site.signIn(site.agent(), 'mallory');
    await site.signIn(victim, 'ada');
    await expectRefused(attackers, /state/);
    expect(tokenRequests()).toBe(0);
  });

  it('refuses a stolen answer in a browser that began no sign-in', async () => {
    const back = await site.signIn(victim, 'ada');
    const thief = site.agent();
    expect((await thief.open(back.href)).status).toBe(403);
    expect([site.isSignedIn(thief), tokenRequests()]).toEqual([false, 0]);
  });

  it('refuses a replayed answer, with the cookie gone and with the cookie kept', async () => {
    const back = await site.signIn(victim, 'ada');
    const begun = victim.jar(HOST).get(SIGN_IN)!;
    await victim.open(back.href);
    victim.jar(HOST).clear();
    expect((await victim.open(back.href)).status).toBe(403);
    victim.jar(HOST).set(SIGN_IN, begun);
    await expectRefused(back, /invalid_grant/);
  });

  it('refuses the state of an earlier sign-in of the same browser', async () => {
    const earlier = await site.signIn(victim, 'ada');
    const back = await site.signIn(victim, 'ada');
    await expectRefused(
      changed(back, (query) => query.set('state', earlier.searchParams.get('state')!)),
      /state/,
    );
    expect(tokenRequests()).toBe(0);
  });

  it.each<[string, (query: URLSearchParams) => void, RegExp]>([
    ['without a state', (query) => query.delete('state'), /state/],
    ['with two states', (query) => query.append('state', 'x'), /state/],
    ['with two codes', (query) => query.append('code', 'x'), /code/],
    ['without a code', (query) => query.delete('code'), /code/],
    ['with an error that says <script>', (query) => query.set('error', '<script>alert(1)</script>'), /an error/],
    ['with an ID token in the address', (query) => query.set('response', 'a.b.c'), /response/],
  ])('refuses an answer %s', async (_name, change, why) => {
    const back = await site.signIn(victim, 'ada');
    await expectRefused(changed(back, change), why);
    expect(site.lines.join()).not.toContain('script');
  });

  it.each([
    'next=https://evil.example.com',
    'redirect_uri=https://evil.example.com',
    'returnTo=//evil.example.com',
    'pagePath=https://evil.example.com/runs/x',
  ])('leads nowhere else after a sign-in, whatever the address asks (%s)', async (query) => {
    const back = await site.signIn(victim, 'ada');
    const shown = await victim.open(`${back.href}&${query}`);
    expect([shown.status, shown.url.href]).toEqual([200, PAGE]);
    expect(victim.visited.filter((each) => each.startsWith(EVIL))).toEqual([]);
  });

  it.each(['//evil.example.com', '/%2Fevil.example.com', '/https:/evil.example.com', '/\\evil.example.com'])(
    'knows no page at %s, so that nothing leads back there',
    async (prefix) => {
      const shown = await victim.open(`https://${HOST}${prefix}${new URL(PAGE).pathname}`);
      expect([shown.status, victim.jar(HOST).has(SIGN_IN)]).toEqual([404, false]);
    },
  );

  it('sends nobody to an address that the provider was not told of', async () => {
    const begun = await victim.open(PAGE, ({ host }) => host !== HOST);
    const address = changed(begun.url, (query) => query.set('redirect_uri', `${EVIL}/signed-in`));
    const shown = await victim.open(address.href);
    expect([shown.status, shown.url.host]).toEqual([400, new URL(ISSUER).host]);
  });

  describe('with an ID token that was replaced on its way', () => {
    const unsigned = (header: object, claims: object) =>
      [header, claims].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url')).join('.');

    /** The provider's own metadata allow everything, as a careless one's may. */
    const careless = async (answer: Response): Promise<Response> => {
      const metadata = (await answer.json()) as object;
      return Response.json({ ...metadata, id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'] });
    };

    const replacing =
      (forge: (claims: Record<string, unknown>) => Promise<string> | string): InTheMiddle =>
      async (url, answer) => {
        if (url.pathname.endsWith('/openid-configuration')) return careless(answer);
        if (url.pathname !== '/token') return answer;
        const tokens = (await answer.json()) as { id_token: string };
        return Response.json({ ...tokens, id_token: await forge(decodeJwt(tokens.id_token)) });
      };

    const hs256 = (claims: object, secret: string): string => {
      const signed = unsigned({ alg: 'HS256', kid: issuers.key.kid }, claims);
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    };

    it.each<[string, (claims: Record<string, unknown>) => Promise<string> | string, RegExp]>([
      ['without a signature (alg none)', (claims) => `${unsigned({ alg: 'none' }, claims)}.`, /algorithm|alg/],
      ['signed by HS256 with the public key', (claims) => hs256(claims, issuers.key.publicPem), /algorithm/],
      ['signed by HS256 with the client’s secret', (claims) => hs256(claims, SECRET), /algorithm/],
      ['signed by HS256 with nothing', (claims) => hs256(claims, ''), /algorithm/],
      ['signed by a withdrawn key', (claims) => issuers.withdrawnKey.sign(claims), /no applicable keys/],
      [
        'signed by another key under the published one’s name',
        async (claims) => (await makeSigningKey(issuers.key.kid)).sign(claims),
        /signature/,
      ],
      ['of another issuer', (claims) => issuers.key.sign({ ...claims, iss: EVIL }), /iss/],
      ['for another client', (claims) => issuers.key.sign({ ...claims, aud: 'another' }), /aud/],
      [
        'for us and another client',
        (claims) => issuers.key.sign({ ...claims, aud: [claims['aud'], 'another'] }),
        /aud|azp/,
      ],
      ['of another sign-in', (claims) => issuers.key.sign({ ...claims, nonce: 'another' }), /nonce/],
      ['that ended a minute ago', (claims) => issuers.key.sign({ ...claims, exp: secondsFromNow(-60) }), /exp/],
      ['that begins in an hour', (claims) => issuers.key.sign({ ...claims, nbf: secondsFromNow(3_600) }), /nbf/],
      ['whose claims were changed under the signature', changingTheName, /signature/],
      ['that is no token', () => 'a.b.c', /./],
    ])('refuses one %s', async (_name, forge, why) => {
      site.inTheMiddle = replacing(forge);
      await expectRefused(await site.signIn(victim, 'ada'), why);
    });

    it('takes one that the issuer’s own key signed for this sign-in', async () => {
      site.inTheMiddle = replacing((claims) => issuers.key.sign(claims));
      expect((await site.enter(victim, 'ada')).status).toBe(200);
    });

    const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

    async function changingTheName(claims: Record<string, unknown>): Promise<string> {
      const [header, , signature] = (await issuers.key.sign(claims)).split('.');
      const body = Buffer.from(JSON.stringify({ ...claims, email: 'cfo@example.com' })).toString('base64url');
      return `${header}.${body}.${signature}`;
    }
  });

  it('no longer takes a key that the issuer has withdrawn since the last sign-in', async () => {
    await site.enter(victim, 'ada');
    victim.jar(HOST).clear();
    const published = Response.json({ keys: [] });
    site.inTheMiddle = (url, answer) => (url.pathname === '/jwks' ? published : answer);
    await expectRefused(await site.signIn(victim, 'ada'), /no applicable keys/);
  });

  const forgingMetadata =
    (forged: object): InTheMiddle =>
    async (url, answer) =>
      url.pathname.endsWith('/openid-configuration')
        ? Response.json({ ...((await answer.json()) as object), ...forged })
        : answer;

  it('sends nobody anywhere by metadata that speak for another issuer', async () => {
    site.inTheMiddle = forgingMetadata({ issuer: EVIL });
    const shown = await victim.open(PAGE);
    expect([shown.status, shown.url.href]).toEqual([503, PAGE]);
    expect(site.lines.join()).toContain('does not match the expected issuer');
  });

  it('sends no code to an endpoint without TLS', async () => {
    site.inTheMiddle = forgingMetadata({ token_endpoint: 'http://issuer.example.com/token' });
    await expectRefused(await site.signIn(victim, 'ada'), /HTTPS/);
    expect(tokenRequests()).toBe(0);
  });
});
