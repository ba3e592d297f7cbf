import { randomBytes } from 'node:crypto';
import { type ServedPage, servePage } from '../../../sandbox/demos/night/serve-page.ts';
import { createIssuer } from '../../../shared/clients/oidc/issuer.ts';
import type { ReadClientSecret } from '../../../shared/clients/secrets-manager/client-secret.ts';
import { decideRequest } from '../../../tasks/approval/serve-page/request/decide-request.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS } from '../page/fixture-run.ts';
import { MemoryPageLedger } from '../page/memory-page-ledger.ts';
import { nightPages } from '../page/night-pages.ts';
import { HOST } from '../page/page-event.ts';
import type { ProviderProcess } from './provider-process.ts';
import { type Shown, UserAgent } from './user-agent.ts';

export const PAGE = `https://${HOST}/runs/${LINK_ID}`;

/** Stands between the page and its issuer: sees what is sent, and may answer something else. */
export type InTheMiddle = (url: URL, answer: Response) => Response | Promise<Response>;

export interface SiteClient {
  readonly clientId: string;
  readonly readSecret?: ReadClientSecret;
}

/** The page over HTTP on this machine, asking for a sign-in at a real provider. */
export class SignInSite {
  readonly ledger = new MemoryPageLedger().addRun(fixtureRun(), fixtureProposals(3));
  /** All that was logged, as text. */
  readonly lines: string[] = [];
  /** What went through the back channel: path, then form and header of authentication. */
  readonly asked: { path: string; body: string; authorization: string | null }[] = [];
  inTheMiddle: InTheMiddle = (_, answer) => answer;
  readonly provider: ProviderProcess;
  readonly page: ServedPage;

  private constructor(provider: ProviderProcess, page: ServedPage) {
    this.provider = provider;
    this.page = page;
  }

  static async open(provider: ProviderProcess, client: SiteClient): Promise<SignInSite> {
    const site: SignInSite = new SignInSite(provider, await servePage((event) => answer(event)));
    const issuer = createIssuer({ issuer: provider.issuer, ...client }, { fetchFrom: site.backChannel });
    const note = (message: string, facts: unknown) => site.lines.push(`${message} ${describe(facts)}`);
    const log = { info: note, warn: note, error: note };
    const deps = {
      ledger: site.ledger,
      log,
      readNightPage: nightPages(),
      timeZone: 'UTC',
      signIn: { issuer, randomBytes },
    };
    const answer: Parameters<typeof servePage>[0] = (event) => decideRequest(event, deps, MORNING_MS);
    return site;
  }

  private readonly backChannel = (async (input: string, init: RequestInit = {}) => {
    const url = new URL(input);
    const authorization = new Headers(init.headers).get('authorization');
    this.asked.push({ path: url.pathname, body: String(init.body ?? ''), authorization });
    return this.inTheMiddle(url, await this.provider.fetch(input, init));
  }) as typeof fetch;

  /** A browser that reaches the page, its issuer, and the providers named besides. */
  agent(...others: readonly ProviderProcess[]): UserAgent {
    const providers = [this.provider, ...others].map(({ issuer, port }) => [new URL(issuer).host, port] as const);
    return new UserAgent({ [HOST]: Number(new URL(this.page.url).port), ...Object.fromEntries(providers) });
  }

  /** Opens the link and signs in, up to the address that the issuer sends the browser back to. */
  async signIn(agent: UserAgent, login: string): Promise<URL> {
    const form = await agent.open(PAGE, isWayBack);
    // Whom the issuer knows it sends back at once.
    return isWayBack(form.url) ? form.url : this.giveLogin(agent, form, login);
  }

  /** Sends a provider's own form; answers where it sends the browser back to. */
  async giveLogin(agent: UserAgent, form: Shown, login: string): Promise<URL> {
    const back = await agent.send(form, '', { login, password: 'any' }, isWayBack);
    return back.url;
  }

  /** Signs in and comes back. */
  async enter(agent: UserAgent, login: string): Promise<Shown> {
    return agent.open((await this.signIn(agent, login)).href);
  }

  isSignedIn = (agent: UserAgent): boolean => agent.jar(HOST).has('__Host-rightsizer-session');
}

const isWayBack = (url: URL): boolean => url.host === HOST && url.pathname === '/signed-in';

const describe = (facts: unknown): string => (facts instanceof Error ? String(facts.stack) : JSON.stringify(facts));
