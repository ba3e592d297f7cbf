import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launch, VIEWPORTS } from './browser-site.ts';

/** The README's pictures and its figures of a week are those of the commands it names, run as anybody would. */
const ROOT = path.join(__dirname, '../..');
const IMAGES = path.join(ROOT, 'docs/images');
const DEMO = 'sandbox/demos/night/main.ts';

interface Week {
  functions: number;
  nights: { proposed: number; covered: number; approved: number; rolledBack: number; operatingCostUsd: number }[];
  monthlyCostUsd: { start: number; end: number };
  functionsBeyondSlowdownGuard: number;
}

let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function takePicture(address: string, name: string): Promise<void> {
  const page = await browser.newPage({ viewport: VIEWPORTS.desktop, colorScheme: 'light' });
  await page.goto(address);
  await page.screenshot({ path: path.join(IMAGES, `${name}.png`) });
  await page.close();
}

const usd = (amount: number): string => Math.round(amount).toLocaleString('en-US');

/** A week may end in the middle of an experiment; more than one of two hundred functions would be something to look at. */
function slowerOnes(count: number): string {
  expect(count).toBeLessThanOrEqual(1);
  return count === 0
    ? 'no function ends more than 10 % slower'
    : 'one function ends more than 10 % slower, at a size that is tried on the last night';
}

it('tells of a week what the demo prints, and shows its page', async () => {
  const file = path.join(folder, 'report.html');
  const printed = execFileSync(process.execPath, [DEMO, '--nights', '7', '--json', '--report', file], { cwd: ROOT });
  const { functions, nights, monthlyCostUsd, functionsBeyondSlowdownGuard } = JSON.parse(String(printed)) as Week;
  const sum = (field: keyof Week['nights'][number]) => nights.reduce((total, night) => total + night[field], 0);
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8').replace(/\s+/g, ' ');
  expect(readme).toContain(
    `A week on ${functions} functions that behave as functions measured on AWS did (\`npm run demo -- --nights 7\`): ${sum('proposed') - sum('covered')} ` +
      `questions, all approved, and ${sum('covered')} further steps that the answers covered; the bill falls from ${usd(monthlyCostUsd.start)} to ${usd(monthlyCostUsd.end)} USD a month; ` +
      `${sum('rolledBack')} changes are rolled back; ${slowerOnes(functionsBeyondSlowdownGuard)}. ` +
      `The week's nights cost ${sum('operatingCostUsd').toFixed(2)} USD.`,
  );
  expect(sum('approved')).toBe(sum('proposed'));
  await takePicture(pathToFileURL(file).href, 'demo-report');
});

/** The page's address, as the interactive demo tells it. */
async function addressTold(demo: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: demo.stderr! })) {
    const address = /your decision, please: (\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the demo ended without asking');
}

it('shows the approval page of the demo’s first night', async () => {
  const demo = spawn(process.execPath, [DEMO, '--approve', 'interactive', '--nights', '1'], { cwd: ROOT });
  try {
    await takePicture(await addressTold(demo), 'demo-approval');
  } finally {
    demo.kill();
  }
});
