import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { accessibilityViolations, BrowserSite, launch, overflow, VIEWPORTS, type View } from './browser-site.ts';

const ROOT = path.join(__dirname, '../..');
const IMAGES = path.join(ROOT, 'docs/images');
const VIEWS: View[] = (['desktop', 'phone'] as const).flatMap((device) =>
  (['light', 'dark'] as const).map((scheme) => ({ device, scheme, scripts: true })),
);

const PICTURES = { report: 'report-page', 'since-the-beginning': 'since-beginning-page' };
const LINKS = { report: 'This night’s report', 'since-the-beginning': 'Since the beginning' };

let browser: Browser;
let folder: string;
const PAGES = ['report', 'since-the-beginning'] as const;
type PageName = (typeof PAGES)[number];
const fileOf = (name: PageName): string => path.join(folder, `${name}.html`);

/** The demo itself writes the page, so that the pictures in docs are of what anyone can run. */
beforeAll(async () => {
  mkdirSync(IMAGES, { recursive: true });
  folder = mkdtempSync(path.join(tmpdir(), 'report-page-'));
  const files = ['--report', fileOf('report'), '--since-beginning', fileOf('since-the-beginning')];
  const options = ['--nights', '3', '--approve', 'mixed', '--json', ...files];
  execFileSync(process.execPath, ['sandbox/demos/night/main.ts', ...options], { cwd: ROOT });
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function open(name: PageName, { device, scheme }: View): Promise<{ page: Page; fetched: string[] }> {
  // axe-core is a script; the page's own policy forbids any.
  const context = await browser.newContext({ viewport: VIEWPORTS[device], colorScheme: scheme, bypassCSP: true });
  const page = await context.newPage();
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(pathToFileURL(fileOf(name)).href);
  return { page, fetched };
}

describe.each(PAGES.flatMap((name) => VIEWS.map((view) => ({ name, ...view, view }))))(
  'the page $name on $device, $scheme',
  ({ name, view }) => {
    it('fits its window, fetches nothing, and passes axe-core with everything opened', async () => {
      const { page, fetched } = await open(name, view);
      try {
        await page.screenshot({ path: path.join(IMAGES, `${PICTURES[name]}-${view.device}-${view.scheme}.png`) });
        await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })");
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await accessibilityViolations(page, view)).toEqual([]);
        expect(fetched.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
      } finally {
        await page.context().close();
      }
    });
  },
);

it.each(PAGES)('shows on paper what is folded on the screen, within the sheet: %s', async (name) => {
  const { page } = await open(name, { device: 'desktop', scheme: 'light', scripts: true });
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('region', { name: 'Savings by night' }).isVisible()).toBe(true);
  // A4 within its margins, at 96 px an inch.
  await page.setViewportSize({ width: 720, height: 1040 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: path.join(IMAGES, `${PICTURES[name]}-print.png`) });
  await page.context().close();
});

it.each(PAGES)('is shown behind the link under the policy of the page function: %s', async (name) => {
  const site = await BrowserSite.open(3, { [name]: readFileSync(fileOf(name), 'utf8') });
  try {
    const page = await site.view(browser, { device: 'phone', scheme: 'light', scripts: true });
    await page.goto(site.digestLink());
    await page.getByRole('link', { name: LINKS[name] }).click();
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`/runs/[\\w-]{43}/${name}$`));
    // Laid out by its own styles, which no policy has refused.
    expect(await page.evaluate("getComputedStyle(document.querySelector('section')).borderRadius")).toBe('14px');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(site.complaints).toEqual([]);
  } finally {
    await site.close();
  }
});
