import assert from 'node:assert/strict';
import type { Steps } from '../steps.ts';
import { CUSTOMERS, GENEROUS_MB, memorySizesMb, publishMetrics } from '../world/customer-functions.ts';
import type { DeployedAccount } from '../world/deployed-account.ts';
import type { StackOutputs } from '../world/deployed-stack.ts';
import { readReport } from '../world/report.ts';
import { scheduledInput } from '../world/schedule.ts';
import { BY_CLI, FIRST, SECOND } from './first-night.ts';

const DAY_MS = 86_400_000;
/** So much slower that nobody would have approved it. */
const SLOWER = 4;

/** Yesterday's changes judged by the day's traffic: one did well, one did not, one nobody called. */
export async function secondNight(steps: Steps, account: DeployedAccount, stack: StackOutputs): Promise<void> {
  const written = await memorySizesMb();
  await steps.take(
    'a day of traffic on the new sizes: one function as before, one four times slower, one not called',
    async () => {
      const changedMs = account.clock.now();
      await account.pass(DAY_MS);
      for (const each of CUSTOMERS.filter(({ functionName }) => functionName !== BY_CLI)) {
        const slower = each.functionName === SECOND ? SLOWER : 1;
        const now = { ...each, meanDurationMs: each.meanDurationMs * slower };
        await publishMetrics(now, changedMs - DAY_MS / 2, account.clock.now());
      }
    },
    () => `it is ${new Date(account.led.now()).toISOString()} in the account`,
  );
  const { changed } = await steps.take(
    'the second night verifies the first, rolls the second back and keeps watching the third',
    async () => {
      const input = await scheduledInput(stack['ScheduleName']!, account.clock.now());
      await account.finish(await account.start(stack['StateMachineArn']!, 'night-2', input));
      const report = await readReport(stack['RunBucketName']!);
      const found = new Map(report.settled.map(({ functionName, kind }) => [functionName, kind]));
      assert.deepEqual(
        [FIRST, SECOND, BY_CLI].map((name) => found.get(name)),
        ['Verified', 'RolledBack', 'Watching'],
      );
      return report;
    },
    ({ counts, settled }) =>
      [JSON.stringify(counts), ...settled.map((each) => `${each.functionName}: ${each.kind}, ${each.reason}`)].join(
        '\n',
      ),
  );
  await steps.take(
    'what was rolled back has its former size, what did well its new one or the next that the approval covers',
    async () => {
      const sizes = await memorySizesMb();
      assert.equal(sizes.get(SECOND), GENEROUS_MB);
      const further = changed.find(({ functionName }) => functionName === FIRST);
      if (further !== undefined) assert.equal(further.decidedByKind, 'consent');
      assert.equal(sizes.get(FIRST), further?.after?.memorySizeMb ?? written.get(FIRST));
      return sizes;
    },
    (sizes) => [...sizes].map(([name, sizeMb]) => `${name} ${sizeMb} MB`).join(', '),
  );
}
