import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { accessibilityViolations, launch, overflow, VIEWPORTS, type View } from './browser-site.ts';

const ROOT = path.join(__dirname, '../..');
const IMAGES = path.join(ROOT, 'docs/images');
const VIEWS: View[] = (['desktop', 'phone'] as const).flatMap((device) =>
  (['light', 'dark'] as const).map((scheme) => ({ device, scheme, scripts: true })),
);

let browser: Browser;
let folder: string;
let file: string;

/** The demo itself writes the page, so that the pictures in docs are of what anyone can run. */
beforeAll(async () => {
  mkdirSync(IMAGES, { recursive: true });
  folder = mkdtempSync(path.join(tmpdir(), 'report-page-'));
  file = path.join(folder, 'night.html');
  const options = ['--nights', '3', '--approve', 'mixed', '--json', '--report', file];
  execFileSync(process.execPath, ['sandbox/demos/night/main.ts', ...options], { cwd: ROOT });
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function open({ device, scheme }: View): Promise<{ page: Page; fetched: string[] }> {
  // axe-core is a script; the page's own policy forbids any.
  const context = await browser.newContext({ viewport: VIEWPORTS[device], colorScheme: scheme, bypassCSP: true });
  const page = await context.newPage();
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, fetched };
}

describe.each(VIEWS)('the report page on $device, $scheme', (view) => {
  it('fits its window, fetches nothing, and passes axe-core with everything opened', async () => {
    const { page, fetched } = await open(view);
    try {
      await page.screenshot({ path: path.join(IMAGES, `report-page-${view.device}-${view.scheme}.png`) });
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })");
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await accessibilityViolations(page, view)).toEqual([]);
      expect(fetched.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
    } finally {
      await page.context().close();
    }
  });
});

it('shows on paper what is folded on the screen', async () => {
  const { page } = await open({ device: 'desktop', scheme: 'light', scripts: true });
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('region', { name: 'Savings by night' }).isVisible()).toBe(true);
  await page.context().close();
});
