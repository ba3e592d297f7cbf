import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { fixtureProposals, RUN_ID } from '../support/page/fixture-run.ts';
import { accessibilityViolations, BrowserSite, launch, overflow, type View } from './browser-site.ts';

const IMAGES = path.join(__dirname, '../../docs/images');
/** Few, since axe-core looks at everything behind every row, twice a view. */
const PROPOSALS = 6;
const NEWS_EVERY_MS = 20_000;

let browser: Browser;
beforeAll(async () => {
  mkdirSync(IMAGES, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

const VIEWS: View[] = (['desktop', 'phone'] as const).flatMap((device) =>
  (['light', 'dark'] as const).flatMap((scheme) => [true, false].map((scripts) => ({ device, scheme, scripts }))),
);

const rows = (page: Page) => page.locator('.proposals tbody.proposal .function label').allTextContents();
const picture = (page: Page, name: string) => page.screenshot({ path: path.join(IMAGES, `${name}.png`) });
const row = (page: Page, functionName: string) =>
  page.locator('tbody.proposal', { has: page.locator(`[data-live="pick ${functionName}"]`) });

async function sort(page: Page, { device, scripts }: View): Promise<void> {
  if (device === 'desktop') {
    await page.getByRole('columnheader', { name: 'Function' }).getByRole('link').click();
  } else {
    await page.getByLabel('Sort by').selectOption('function');
    if (!scripts) await page.getByRole('button', { name: 'Show' }).click();
  }
  await page.waitForURL(/sort=function/);
}

async function decide(page: Page, functionNames: readonly string[], decision: 'Approve' | 'Reject'): Promise<void> {
  for (const each of functionNames) await page.getByLabel(`Select ${each}`, { exact: true }).check();
  await page.getByLabel('Your name').fill('Ana Souza');
  await page.getByRole('button', { name: decision }).click();
  await page.waitForLoadState();
}

describe.each(VIEWS)('the approval page on $device, $scheme, scripts $scripts', (view) => {
  const name = `approval-page-${view.device}-${view.scheme}${view.scripts ? '' : '-no-scripts'}`;

  it('lets the digest’s reader sort, look at a curve, approve some, reject one, and see it', async () => {
    const site = await BrowserSite.open(PROPOSALS);
    try {
      const page = await site.view(browser, view);
      await page.goto(site.digestLink());
      expect(await rows(page)).toHaveLength(PROPOSALS);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      if (view.scripts) await picture(page, name);

      await sort(page, view);
      expect(await rows(page)).toEqual(site.site.names().toSorted());
      const [first, second, third] = await rows(page);

      await row(page, first!).locator('summary').click();
      const chart = row(page, first!).getByRole('img', { name: `Duration of ${first}` });
      expect(await chart.isVisible()).toBe(true);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await accessibilityViolations(page, view)).toEqual([]);
      await row(page, first!).locator('.function').scrollIntoViewIfNeeded();
      if (view.scripts) await picture(page, `${name}-curve`);

      await decide(page, [first!, second!], 'Approve');
      expect(await page.getByRole('status').textContent()).toContain('2 changes approved.');
      await decide(page, [third!], 'Reject');
      expect(await page.getByRole('status').textContent()).toContain('1 change rejected.');
      expect(await row(page, first!).locator('.state').textContent()).toContain('approved by Ana Souza');
      expect(await row(page, third!).locator('.state').textContent()).toContain('Rejected');
      expect(await page.getByLabel(`Select ${first}`, { exact: true }).count()).toBe(0);
      expect(await accessibilityViolations(page, view)).toEqual([]);
      const statuses = [first, second, third].map((each) => site.site.ledger.proposal(RUN_ID, each!).status);
      expect(statuses).toEqual(['approved', 'approved', 'rejected']);
      expect(site.site.ledger.writes).toBe(3);
      if (view.scripts) await picture(page, `${name}-decided`);
      expect(site.complaints).toEqual([]);
    } finally {
      await site.close();
    }
  });
});

describe.each(['desktop', 'phone'] as const)('the approval page on %s, where scripts run', (device) => {
  let site: BrowserSite;
  let page: Page;
  beforeEach(async () => {
    site = await BrowserSite.open(120);
    page = await site.view(browser, { device, scheme: 'light', scripts: true });
  });
  afterEach(async () => {
    expect(site.complaints).toEqual([]);
    await site.close();
  });

  it('hears of changes being applied and verified without being loaded again', async () => {
    await page.clock.install({ time: site.site.nowMs });
    await page.goto(site.digestLink());
    const [first] = await rows(page);
    await decide(page, [first!], 'Approve');
    const state = row(page, first!).locator('.state');
    await row(page, first!).locator('summary').click();
    await page.getByLabel('Note').fill('half a sent');

    site.apply();
    await page.clock.fastForward(NEWS_EVERY_MS);
    await state.getByText('Applied, being verified').waitFor();
    site.apply('Verified');
    await page.clock.fastForward(NEWS_EVERY_MS);
    await state.getByText('Applied and verified').waitFor();
    expect(await row(page, first!).locator('details').getAttribute('open')).toBe('');
    expect(await page.getByLabel('Note').inputValue()).toBe('half a sent');
  });

  it('searches while somebody types and keeps what is selected, though it is out of sight', async () => {
    await page.goto(site.digestLink());
    await page.getByRole('searchbox').fill('payments');
    await page.waitForURL(/q=payments/);
    await page.locator('.shown', { hasText: '15 proposals of 120' }).waitFor();
    const [payments] = await rows(page);
    await page.getByLabel(`Select ${payments}`, { exact: true }).check();
    await page.getByRole('searchbox').fill('orders');
    await page.waitForURL(/q=orders/);
    await page.locator('tbody.proposal label', { hasText: 'orders' }).first().waitFor();
    const [orders] = await rows(page);
    await decide(page, [orders!], 'Approve');
    expect(await page.getByRole('status').textContent()).toContain('2 changes approved.');
    expect(site.site.ledger.proposal(RUN_ID, payments!).status).toBe('approved');
    expect(site.site.ledger.proposal(RUN_ID, orders!).status).toBe('approved');
  });

  it('counts on its buttons what they would decide, and decides nothing while that is nothing', async () => {
    await page.goto(site.digestLink());
    const approve = page.getByRole('button', { name: 'Approve' });
    expect(await approve.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Decide all 120 that wait' }).check();
    expect(await approve.textContent()).toBe('Approve all 120');
    await page.locator('select[name=risk]').selectOption('High');
    await page.getByRole('checkbox', { name: 'and match the filter' }).waitFor();
    expect(await approve.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'and match the filter' }).check();
    await page.getByLabel('Your name').fill('Ana Souza');
    await approve.click();
    await page.waitForLoadState();
    const approved = [...site.site.ledger.proposals.values()].filter((each) => each.status === 'approved');
    expect(approved.length).toBeGreaterThan(0);
    expect(new Set(approved.map((each) => each.assessment.risk))).toEqual(new Set(['High']));
  });

  it('turns pages and goes back', async () => {
    await page.goto(site.digestLink());
    const firstPage = await rows(page);
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByText('Page 2 of 3').waitFor();
    expect(await rows(page)).not.toEqual(firstPage);
    await page.goBack();
    await page.getByText('Page 1 of 3').waitFor();
    expect(await rows(page)).toEqual(firstPage);
  });

  it('writes times in the reader’s own zone', async () => {
    await page.goto(site.digestLink());
    expect(await page.locator('.summary time').textContent()).toMatch(/^Mon,? 23 Nov, 21:00 (CET|GMT\+1)$/);
  });

  it('can be worked with the keyboard alone', async () => {
    await page.goto(site.digestLink());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('proposals');
    const [first] = await rows(page);
    await page.getByLabel(`Select ${first}`, { exact: true }).focus();
    await page.keyboard.press('Space');
    await page.getByLabel('Your name').focus();
    await page.keyboard.type('Ana Souza');
    await page.getByRole('button', { name: 'Approve' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('1 change approved.').waitFor();
    expect(site.site.ledger.proposal(RUN_ID, first!).status).toBe('approved');
  });

  it('has an accessible page for what it refuses', async () => {
    await page.goto(site.digestLink().slice(0, -1));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('This link leads nowhere');
    expect(await accessibilityViolations(page, { device, scheme: 'light', scripts: true })).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    site.complaints.length = 0;
  });
});

/** Handlers of one bundle beside two functions that are nobody's like. */
function sharingCode() {
  const [first, ...others] = fixtureProposals(7);
  const handlers = ['a', 'b', 'c', 'd', 'e'].map((queue) => {
    const functionName = `queues-prod-${queue}`;
    const functionArn = first!.functionArn.replace(first!.functionName, functionName);
    const owner = { ...first!.assessment.owner, stackName: 'queues-prod' };
    return {
      ...first!,
      functionName,
      functionArn,
      assessment: { ...first!.assessment, functionName, functionArn, owner },
    };
  });
  return [...handlers, ...others.slice(4)];
}

describe.each(['desktop', 'phone'] as const)('functions that share their code on %s', (device) => {
  const title = '5 functions of stack queues-prod';

  it('are selected by one tick, opened, left out one by one and decided without the one that was', async () => {
    const site = await BrowserSite.open(sharingCode());
    try {
      const page = await site.view(browser, { device, scheme: 'light', scripts: true });
      await page.goto(site.digestLink());
      expect(await page.locator('tbody.proposal > tr > .function label').allTextContents()).toContain(title);
      const whole = page.getByLabel(`Select what waits of ${title}`);
      await whole.check();
      const approve = page.getByRole('button', { name: 'Approve' });
      expect(await approve.textContent()).toBe('Approve 5');
      await page.locator('tbody.group summary').click();
      await page.getByLabel('Select queues-prod-c', { exact: true }).uncheck();
      expect(await approve.textContent()).toBe('Approve 4');
      expect(await page.evaluate("document.querySelector('[data-group]').indeterminate")).toBe(true);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await accessibilityViolations(page, { device, scheme: 'light', scripts: true })).toEqual([]);
      if (device === 'desktop') await picture(page, 'approval-page-desktop-group');
      await page.getByLabel('Your name').fill('Ana Souza');
      await approve.click();
      await page.getByText('4 changes approved.').waitFor();
      const statuses = site.site.names().map((each) => site.site.ledger.proposal(RUN_ID, each).status);
      expect(statuses).toEqual(['approved', 'approved', 'pending', 'approved', 'approved', 'pending', 'pending']);
      await page.locator('tbody.group summary').click();
      await page.getByRole('link', { name: 'Curve, evidence and patch of each' }).click();
      await page.getByText('5 proposals of 7').waitFor();
      expect(await rows(page)).toHaveLength(5);
      expect(site.complaints).toEqual([]);
    } finally {
      await site.close();
    }
  });

  it('open and are selected one by one where no script runs', async () => {
    const site = await BrowserSite.open(sharingCode());
    try {
      const page = await site.view(browser, { device, scheme: 'dark', scripts: false });
      await page.goto(site.digestLink());
      expect(await page.getByLabel(`Select what waits of ${title}`).isVisible()).toBe(false);
      await page.locator('tbody.group summary').click();
      await decide(page, ['queues-prod-a', 'queues-prod-e'], 'Approve');
      expect(await page.getByRole('status').textContent()).toContain('2 changes approved.');
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(site.complaints).toEqual([]);
    } finally {
      await site.close();
    }
  });
});
