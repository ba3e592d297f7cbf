import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type ServedPage, servePage } from '../../sandbox/demos/night/serve-page.ts';
import type { ChangeRecord, ProposalRecord } from '../../shared/contracts/ledger.ts';
import { composeDigest } from '../../shared/domain/approval/digest/compose-digest.ts';
import { EXPIRES_AT, fixtureProposals, fixtureRun, LINK_ID, RUN_ID } from '../support/page/fixture-run.ts';
import { MemoryPageLedger } from '../support/page/memory-page-ledger.ts';
import { PageSite } from '../support/page/page-site.ts';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export interface View {
  readonly device: 'desktop' | 'phone';
  readonly scheme: 'light' | 'dark';
  readonly scripts: boolean;
}

export const VIEWPORTS = { desktop: { width: 1360, height: 900 }, phone: { width: 360, height: 740 } };

/** Debian's chromium, kept from calling home; `further` are switches of one suite. */
export const launch = (further: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...further,
    ],
  });

/** The real handler on localhost, over proposals in memory, and a browser's view of it. */
export class BrowserSite {
  readonly site: PageSite;
  private readonly served: ServedPage;
  private readonly contexts: BrowserContext[] = [];
  /** What pages complained about: policy violations, script errors, requests to other hosts. */
  readonly complaints: string[] = [];

  private constructor(site: PageSite, served: ServedPage) {
    this.site = site;
    this.served = served;
  }

  /** `nightPages` by name: those of a night that is over; without any, it runs. */
  static async open(
    proposed: number | readonly ProposalRecord[],
    nightPages?: Readonly<Record<string, string>>,
  ): Promise<BrowserSite> {
    const proposals = typeof proposed === 'number' ? fixtureProposals(proposed) : proposed;
    const run = fixtureRun({ status: nightPages ? 'succeeded' : 'running' });
    const site = new PageSite(new MemoryPageLedger().addRun(run, proposals));
    for (const [name, page] of Object.entries(nightPages ?? {})) site.nightPages[`runs/${RUN_ID}/${name}.html`] = page;
    return new BrowserSite(site, await servePage((event) => site.send(event)));
  }

  async close(): Promise<void> {
    for (const each of this.contexts) await each.close();
    await this.served.close();
  }

  /** The address in the digest, as its reader clicks it. */
  digestLink(): string {
    const { message } = composeDigest({
      runId: RUN_ID,
      runDate: '2026-11-23',
      proposals: [...this.site.ledger.proposals.values()],
      link: `${this.served.url}/runs/${LINK_ID}`,
      expiresAt: EXPIRES_AT,
      timeZone: 'Europe/Berlin',
      now: '2026-11-23T02:10:00.000Z',
    });
    return /^http\S+$/m.exec(message)![0];
  }

  async view(browser: Browser, { device, scheme, scripts }: View): Promise<Page> {
    const context = await browser.newContext({
      viewport: VIEWPORTS[device],
      colorScheme: scheme,
      javaScriptEnabled: scripts,
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    this.contexts.push(context);
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(this.served.url) && !request.url().startsWith('data:'))
        this.complaints.push(request.url());
    });
    return page;
  }

  /** Lets the run go on: everything approved is being verified, or came to its end. */
  apply(outcome?: 'Verified'): void {
    const { ledger } = this.site;
    const approved = [...ledger.proposals.entries()].filter(([, each]) => each.status === 'approved');
    if (outcome) {
      for (const [key, each] of approved) {
        ledger.proposals.set(key, {
          ...each,
          outcome: { kind: outcome, reason: 'p95 is 3% lower over 4,120 invocations', at: EXPIRES_AT },
        });
      }
    }
    ledger.openChanges = outcome
      ? []
      : approved.map(
          ([, each]): ChangeRecord => ({
            runId: each.runId,
            functionName: each.functionName,
            functionArn: each.functionArn,
            status: 'applied',
            before: { ...each.assessment.current, codeSha256: each.assessment.codeSha256 },
            after: each.assessment.recommended,
            decision: each.decision!,
            assessment: each.assessment,
            savings: each.savings,
            startedAt: each.decision!.at,
            verifications: [],
          }),
        );
  }
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
}

/**
 * What axe-core finds against the page as it stands, in one line each. It is a script itself, so a page whose scripts
 * are off is looked at as a twin: the same address, its own script taken out, in a context where axe-core may run.
 */
export async function accessibilityViolations(page: Page, view: View): Promise<string[]> {
  if (!view.scripts) return withTwin(page, view, examine);
  return examine(page);
}

async function withTwin<Result>(
  page: Page,
  { device, scheme }: View,
  look: (twin: Page) => Promise<Result>,
): Promise<Result> {
  const context = await page.context().browser()!.newContext({ viewport: VIEWPORTS[device], colorScheme: scheme });
  try {
    const twin = await context.newPage();
    await twin.route('**', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/<script>[\s\S]*?<\/script>/, '') });
    });
    await twin.goto(page.url());
    return await look(twin);
  } finally {
    await context.close();
  }
}

/** What axe-core finds against a page whose scripts may run. */
export async function examine(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate(`${AXE};axe.run()`)) as AxeResult;
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary} ${node.html}`));
}

/** How far the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth') as Promise<number>;
