import { CONFIDENTIAL_CLIENT, type ProviderOptions, PUBLIC_CLIENT } from '../support/oidc/provider-options.ts';
import { ISSUER, type ProviderProcess, REDIRECT_URI, startProvider } from '../support/oidc/provider-process.ts';
import { PAGE, SignInSite, type SiteClient } from '../support/oidc/sign-in-site.ts';
import { makeSigningKey } from '../support/oidc/signing-keys.ts';
import { HOST } from '../support/page/page-event.ts';

/** Signs that the header's encoding changes. */
const SECRET = 'sesame: open & %21 stay';
const SESSION = '__Host-rightsizer-session';

const running: { stop(): void }[] = [];
afterAll(() => {
  for (const each of running) each.stop();
});

async function provider(onlyMethod?: ProviderOptions['onlyMethod']): Promise<ProviderProcess> {
  const keys = [(await makeSigningKey('key-1')).privateJwk];
  const options = { issuer: ISSUER, redirectUri: REDIRECT_URI, keys, clientSecret: SECRET };
  const started = await startProvider({ ...options, ...(onlyMethod && { onlyMethod }) });
  running.push(started);
  return started;
}

async function siteAt(at: ProviderProcess, client: SiteClient): Promise<SignInSite> {
  const site = await SignInSite.open(at, client);
  running.push({ stop: () => void site.page.close() });
  return site;
}

describe.each<[string, ProviderOptions['onlyMethod'] | undefined, SiteClient]>([
  ['a public client', undefined, { clientId: PUBLIC_CLIENT }],
  ['a confidential client', undefined, { clientId: CONFIDENTIAL_CLIENT, readSecret: async () => SECRET }],
  [
    'a confidential client at an issuer that takes the secret in the header only',
    'client_secret_basic',
    { clientId: CONFIDENTIAL_CLIENT, readSecret: async () => SECRET },
  ],
])('at a real provider, with %s', (_, onlyMethod, client) => {
  let at: ProviderProcess;
  let site: SignInSite;
  beforeAll(async () => {
    at = await provider(onlyMethod);
  });
  beforeEach(async () => {
    site = await siteAt(at, client);
  });

  it('lets who signs in decide, under the address that the issuer has verified', async () => {
    const agent = site.agent();
    const page = await site.enter(agent, 'ada');
    expect([page.status, page.url.href]).toEqual([200, PAGE]);
    const [functionName] = [...site.ledger.proposals.values()].map((each) => each.functionName);
    const decided = await agent.send(page, '/decisions', { decision: 'approved', functionName: functionName! });
    expect(decided.status).toBe(200);
    expect(site.ledger.writes).toBe(1);
    const decisions = [...site.ledger.proposals.values()].flatMap(({ decision }) => (decision ? [decision.by] : []));
    expect(decisions).toEqual([{ kind: 'oidc', name: 'ada@example.com' }]);
  });

  it('ends the session when asked, and shows where the issuer ends its own', async () => {
    const agent = site.agent();
    const page = await site.enter(agent, 'ada');
    const out = await agent.send(page, '/sign-out', {});
    expect([out.status, agent.jar(HOST).size]).toEqual([200, 0]);
    const [, away = ''] = /href="(https:\/\/issuer[^"]*)"/.exec(out.body) ?? [];
    expect(away).toBe(`${ISSUER}/session/end?client_id=${client.clientId}`);
    const asked = await agent.open(away);
    await agent.send(asked, '/session/end/confirm', { logout: 'yes' });
    // Now the issuer knows nobody either: its form comes back.
    expect((await agent.open(PAGE)).body).toContain('name="login"');
  });

  it('keeps secret, code and verifier out of the log and of every address but the way back', async () => {
    const agent = site.agent();
    const back = await site.signIn(agent, 'ada');
    await agent.open(back.href);
    const form = new URLSearchParams(site.asked.find(({ path }) => path === '/token')!.body);
    const told = [...site.lines, ...agent.visited.filter((each) => !each.startsWith(back.href))].join('\n');
    for (const each of [SECRET, encodeURIComponent(SECRET), form.get('code')!, form.get('code_verifier')!]) {
      expect(told).not.toContain(each);
    }
  });
});

describe('a client’s secret', () => {
  let at: ProviderProcess;
  beforeAll(async () => {
    at = await provider();
  });

  it('is read again where the issuer refuses the one that was kept, within the same sign-in', async () => {
    const readings: boolean[] = [];
    const readSecret = async (fresh = false) => {
      readings.push(fresh);
      return fresh ? SECRET : 'before the rotation';
    };
    const site = await siteAt(at, { clientId: CONFIDENTIAL_CLIENT, readSecret });
    const agent = site.agent();
    expect((await site.enter(agent, 'ada')).url.href).toBe(PAGE);
    expect(readings).toEqual([false, false, true]);
  });

  it.each<[string, SiteClient]>([
    ['that is wrong', { clientId: CONFIDENTIAL_CLIENT, readSecret: async () => 'wrong' }],
    ['that is missing', { clientId: CONFIDENTIAL_CLIENT }],
    ['of a public client', { clientId: PUBLIC_CLIENT, readSecret: async () => SECRET }],
  ])('%s signs nobody in', async (_, client) => {
    const site = await siteAt(at, client);
    const agent = site.agent();
    expect((await site.enter(agent, 'ada')).status).toBe(403);
    expect(agent.jar(HOST).has(SESSION)).toBe(false);
    expect(site.lines.join('\n')).toMatch(/sign-in refused .*(invalid_client|refused the client)/);
    expect(site.lines.join('\n')).not.toMatch(/sesame|wrong/);
  });
});
