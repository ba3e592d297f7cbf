import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Steps } from '../steps.ts';
import { decideOnPage, linkOf, openPage } from '../world/approval-page.ts';
import { approveByCli } from '../world/command-line.ts';
import { CUSTOMERS, createCustomers, GENEROUS_MB, memorySizesMb, publishMetrics } from '../world/customer-functions.ts';
import type { DeployedAccount } from '../world/deployed-account.ts';
import type { StackOutputs } from '../world/deployed-stack.ts';
import { Mailbox } from '../world/mailbox.ts';
import { type Report, readReport } from '../world/report.ts';
import { scheduledInput } from '../world/schedule.ts';

const HOUR_MS = 3_600_000;
const FORTNIGHT_MS = 14 * 24 * HOUR_MS;
/** Only so long is waited for what must not happen. */
const SETTLES_WITHIN_MS = 500;

/** Decisions on the page but for one: the CLI's. */
export const [FIRST, SECOND, BY_CLI, REJECTED] = CUSTOMERS.map(({ functionName }) => functionName) as [
  string,
  string,
  string,
  string,
];

/** From the schedule's input to written changes and a summary. */
export async function firstNight(steps: Steps, account: DeployedAccount, stack: StackOutputs): Promise<void> {
  await steps.take(
    'a stranger’s functions have run for a fortnight',
    async () => {
      await createCustomers(account);
      const now = account.clock.now();
      for (const each of CUSTOMERS) await publishMetrics(each, now - FORTNIGHT_MS, now);
    },
    () => CUSTOMERS.map((each) => `${each.functionName} ${each.memorySizeMb} MB`).join(', '),
  );
  const digests = await Mailbox.of(stack['DigestTopicArn']!);
  const { execution, mail } = await steps.take(
    'a night starts with the schedule’s input; its digest is read from a queue subscribed to the topic',
    async () => {
      const input = await scheduledInput(stack['ScheduleName']!, account.clock.now());
      const started = await account.start(stack['StateMachineArn']!, 'night-1', input);
      return { execution: started, mail: await account.passUntil('the digest', 2 * HOUR_MS, () => digests.take()) };
    },
    (found) => found.mail.subject,
  );
  await decide(steps, account, linkOf(mail.message));
  await steps.take(
    'the stream brings the decisions to the waiting executions, and the changes are written',
    () => account.passUntil('three written changes', HOUR_MS, writtenChanges),
    (sizes) => [...sizes].map(([name, sizeMb]) => `${name} ${GENEROUS_MB} → ${sizeMb} MB`).join('\n'),
  );
  await steps.take(
    'the night ends with its summary; without traffic since, the changes stay watched',
    async () => {
      await account.finish(execution);
      const report = await readReport(stack['RunBucketName']!);
      assert.deepEqual(kinds(report.changed), {
        [FIRST]: 'Watching',
        [SECOND]: 'Watching',
        [BY_CLI]: 'Watching',
        [REJECTED]: 'Rejected',
      });
      return report;
    },
    ({ counts, unavailableSources = [] }) =>
      [JSON.stringify(counts), ...unavailableSources.map(({ source, reason }) => `away: ${source}: ${reason}`)].join(
        '\n',
      ),
  );
}

async function decide(steps: Steps, account: DeployedAccount, link: string): Promise<void> {
  const page = await steps.take(
    'its link is opened on the deployed HTTP API, which changes nothing',
    async () => {
      const body = await openPage(link);
      for (const { functionName } of CUSTOMERS)
        assert.ok(body.includes(functionName), `${functionName} is not on the page`);
      return body;
    },
    (body) => `${body.length} characters of HTML, every proposal on it`,
  );
  await steps.take(
    'two changes are approved and one is rejected on the page',
    async () => {
      const decisions = [
        await decideOnPage(link, page, 'approved', FIRST),
        await decideOnPage(link, page, 'approved', SECOND),
      ];
      decisions.push(await decideOnPage(link, page, 'rejected', REJECTED));
      assert.deepEqual(
        decisions.map(({ status }) => status),
        [303, 303, 303],
      );
      return decisions;
    },
    (answers) => `answered ${answers.map(({ status }) => status).join(', ')}`,
  );
  await steps.take(
    'one change is approved by the CLI',
    () => approveByCli(account, BY_CLI),
    ({ accepted, decidedBy }) => `${accepted} accepted, decided by ${decidedBy.name}`,
  );
}

/** Sizes once all three are written; whatever else would be written has half a second to show. */
async function writtenChanges(): Promise<ReadonlyMap<string, number> | undefined> {
  await wait(SETTLES_WITHIN_MS);
  const sizes = await memorySizesMb();
  const smaller = [...sizes].filter(([, sizeMb]) => sizeMb < GENEROUS_MB).map(([name]) => name);
  if (smaller.length < 3) return undefined;
  assert.deepEqual(smaller, [FIRST, SECOND, BY_CLI]);
  return sizes;
}

const kinds = (outcomes: Report['changed']): Record<string, string> =>
  Object.fromEntries(outcomes.map(({ functionName, kind }) => [functionName, kind]));
