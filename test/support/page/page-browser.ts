import { createIssuer } from '../../../shared/clients/oidc/issuer.ts';
import { decideRequest } from '../../../tasks/approval/serve-page/request/decide-request.ts';
import type { PageResponse } from '../../../tasks/approval/serve-page/request/response.ts';
import { CLIENT_ID, FakeIssuer, ISSUER } from './fake-issuer.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS } from './fixture-run.ts';
import { MemoryPageLedger } from './memory-page-ledger.ts';
import { nightPages } from './night-pages.ts';
import { formEvent, nonceOf, pageEvent } from './page-event.ts';

/** A browser that keeps cookies, in front of a page that asks people to sign in. */
export class PageBrowser {
  /** The library judges tokens by the machine's own clock. */
  readonly issuer = new FakeIssuer(Date.now());
  readonly ledger = new MemoryPageLedger().addRun(fixtureRun(), fixtureProposals(3));
  /** By their keys in the run bucket. */
  nightPages: Record<string, string> = {};
  readonly warnings: unknown[] = [];
  readonly cookies = new Map<string, string>();
  nowMs = MORNING_MS;
  private secrets = 0;
  private client = createIssuer({ issuer: ISSUER, clientId: CLIENT_ID }, { fetchFrom: this.issuer.fetch });

  async send(event: ReturnType<typeof pageEvent>): Promise<PageResponse> {
    const log = {
      info() {},
      warn: (_: string, facts: unknown) => this.warnings.push(facts),
      error: (_: string, error: Error) => this.warnings.push(error),
    };
    const randomBytes = (size: number) => {
      this.secrets += 1;
      return new Uint8Array(size).fill(this.secrets);
    };
    const signIn = { issuer: this.client, randomBytes };
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`);
    const deps = { ledger: this.ledger, log, readNightPage: nightPages(this.nightPages), timeZone: 'UTC', signIn };
    const response = await decideRequest({ ...event, cookies }, deps, this.nowMs);
    for (const cookie of response.cookies ?? []) this.keep(cookie);
    return response;
  }

  private keep(cookie: string): void {
    const [, name, value, attributes] = /^([^=]+)=([^;]*); (.*)$/.exec(cookie)!;
    expect(name).toMatch(/^__Host-/);
    expect(attributes).toMatch(/^Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    if (value === '') this.cookies.delete(name!);
    else this.cookies.set(name!, value!);
  }

  /** A new environment, which knows nothing of the issuer yet and does not reach it. */
  forgetIssuer(): void {
    const fetchFrom = async () => new Response('', { status: 502 });
    this.client = createIssuer({ issuer: ISSUER, clientId: CLIENT_ID }, { fetchFrom });
  }

  open = (linkId = LINK_ID) => this.send(pageEvent({ path: `/runs/${linkId}` }));

  /** Opens the page, signs in, and follows the way back. */
  async signIn(): Promise<PageResponse> {
    const away = await this.open();
    const { query } = this.issuer.signIn(locationOf(away));
    return this.send(pageEvent({ path: '/signed-in', query }));
  }

  async decide(linkId = LINK_ID): Promise<PageResponse> {
    const nonce = nonceOf(await this.open()) ?? 'none';
    const name = this.ledger.proposals.values().next().value!.functionName;
    return this.send(
      formEvent(linkId, [
        ['nonce', nonce],
        ['decision', 'approved'],
        ['name', 'Somebody else'],
        ['functionName', name],
      ]),
    );
  }
}

export const locationOf = (response: PageResponse): string => String(response.headers?.['location']);
