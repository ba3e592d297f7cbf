import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endTidily } from './interruption.ts';
import { byDay } from './steps/by-day.ts';
import { deploy } from './steps/deploy.ts';
import { firstNight } from './steps/first-night.ts';
import { secondNight } from './steps/second-night.ts';
import { Steps } from './steps.ts';
import { DeployedAccount } from './world/deployed-account.ts';

/**
 * `npm run test:deploy`: the real template deployed by the CDK's CLI to an emulator of another origin, and lived in for
 * two nights and a day. Exit code 1 at the first step that is not as it should be. See docs/testing.md.
 */
const DAY_MS = 86_400_000;
/** The emulator's functions are new today; a fortnight and a day later they have their evidence. */
const EVIDENCE_MS = 15 * DAY_MS;
/** When the schedule starts nights, UTC: whenever this runs, its nights have a whole day. */
const START_OF_NIGHT_MS = 2 * 3_600_000;

function aheadMs(nowMs: number): number {
  const dayMs = Math.ceil((nowMs + EVIDENCE_MS) / DAY_MS) * DAY_MS;
  return dayMs + START_OF_NIGHT_MS - nowMs;
}

const steps = new Steps();
const folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-deploy-'));
endTidily(folder);
const account = await DeployedAccount.open(folder, aheadMs(Date.now()));
try {
  const stack = await deploy(steps, account);
  await firstNight(steps, account, stack);
  await secondNight(steps, account, stack);
  await byDay(steps, account, stack);
  process.stdout.write(`\nEverything above in ${steps.total()}.\n`);
  account.close();
  rmSync(folder, { recursive: true, force: true });
} catch (error) {
  account.close();
  process.stderr.write(
    `\n${(error as Error).stack}\n\nWhat the emulator and its functions wrote: ${account.emulator.logFile}\n`,
  );
  process.exitCode = 1;
}
