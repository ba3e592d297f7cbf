import { createIssuer } from '../../../../../shared/clients/oidc/issuer.ts';
import { IssuerAwayError } from '../../../../../shared/clients/oidc/issuer-away.ts';
import { useClock } from '../../../../../shared/clock.ts';
import { CLIENT_ID, FakeIssuer, ISSUER } from '../../../../support/page/fake-issuer.ts';

const CLIENT = { issuer: ISSUER, clientId: CLIENT_ID };
const SECRETS = { state: 'state', nonce: 'nonce', verifier: 'v'.repeat(43) };
const REDIRECT_URI = 'https://page.example.com/signed-in';

const begin = (fetchFrom: typeof fetch, client = CLIENT) =>
  createIssuer(client, { fetchFrom, answerWithinMs: 20 }).signInAddress(SECRETS, REDIRECT_URI);

/** Never answers, but hears when it is no longer waited for. */
const silent: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason));
  });
const refusedConnection = async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) });
};

describe('an issuer that is away', () => {
  it.each<[string, typeof fetch, RegExp]>([
    ['does not answer in time', silent, /did not answer \(OAUTH_TIMEOUT\)/],
    ['takes no connection', refusedConnection, /did not answer \(ECONNREFUSED\)/],
    ['fails', async () => new Response('', { status: 502 }), /OAUTH_RESPONSE_IS_NOT_CONFORM/],
    ['answers a page', async () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), /NOT_JSON/],
    ['redirects', async () => Response.redirect('https://elsewhere.example.com', 302), /NOT_CONFORM/],
  ])('is told from one that refuses, where it %s', async (_, fetchFrom, why) => {
    const failure = await begin(fetchFrom).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(IssuerAwayError);
    expect(String(failure)).toMatch(why);
    expect((failure as Error).cause).toBeUndefined();
  });

  it('is asked again by the next sign-in', async () => {
    const issuer = new FakeIssuer(Date.now());
    let isAway = true;
    const fetchFrom = ((...request: Parameters<typeof fetch>) =>
      isAway ? refusedConnection() : issuer.fetch(...request)) as typeof fetch;
    const client = createIssuer(CLIENT, { fetchFrom });
    await expect(client.signInAddress(SECRETS, REDIRECT_URI)).rejects.toThrow(IssuerAwayError);
    isAway = false;
    expect((await client.signInAddress(SECRETS, REDIRECT_URI)).origin).toBe('https://login.example.com');
  });

  it('is away for a code as well, which then may be good still', async () => {
    const issuer = new FakeIssuer(Date.now());
    const fetchFrom = ((input: string, init?: RequestInit) =>
      input.endsWith('/token') ? silent(input, init) : issuer.fetch(input, init)) as typeof fetch;
    const client = createIssuer(CLIENT, { fetchFrom, answerWithinMs: 20 });
    const cameBackTo = new URL(`${REDIRECT_URI}?code=code-1&state=state`);
    await expect(client.redeem(cameBackTo, SECRETS)).rejects.toThrow(IssuerAwayError);
  });
});

it('asks for metadata once an hour, however many sign in', async () => {
  const issuer = new FakeIssuer(Date.now());
  let nowMs = 0;
  const putBack = useClock({ now: () => nowMs, sleep: async () => {} });
  try {
    const client = createIssuer(CLIENT, { fetchFrom: issuer.fetch });
    const asked = async () => {
      await client.signInAddress(SECRETS, REDIRECT_URI);
      return issuer.requests.length;
    };
    expect([await asked(), await asked()]).toEqual([1, 1]);
    nowMs += 3_600_000;
    expect(await asked()).toBe(2);
  } finally {
    putBack();
  }
});

it.each(['https://login.microsoftonline.com/common/v2.0', 'https://login.microsoftonline.com/organizations/v2.0'])(
  'refuses %s, with which anybody’s account anywhere could sign in',
  async (issuer) => {
    const shared = async () =>
      Response.json({
        issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
        authorization_endpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
      });
    await expect(begin(shared, { issuer, clientId: CLIENT_ID })).rejects.toThrow(/published the metadata of/);
  },
);

it('knows no place to sign out where the issuer publishes none', async () => {
  const issuer = new FakeIssuer(Date.now());
  expect(await createIssuer(CLIENT, { fetchFrom: issuer.fetch }).signOutAddress()).toBeUndefined();
});
