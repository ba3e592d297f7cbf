import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Steps } from '../deploy/steps.ts';
import { runNode } from '../deploy/world/command.ts';
import { TEST_STACK, TEST_TAG } from './names.ts';
import { callUntil, callUntilEvident, countBoth } from './traffic.ts';

const POLL_MS = 15_000;

interface Started {
  executionArn: string;
  runId: string;
}

/** A whole night over the test's functions: traffic, digest, approval by the CLI, change, verification, report. */
export async function night(steps: Steps): Promise<void> {
  await steps.take('the functions are called until a night can judge them', callUntilEvident, String);
  await steps.take(
    'CloudWatch has a duration of every call',
    async () => {
      const { invocations, timedInvocations } = await countBoth();
      assert.ok(invocations > 0);
      assert.equal(timedInvocations, invocations);
      return invocations;
    },
    String,
  );
  const started = await steps.take(
    'rightsizer start',
    async () => (await rightsizer('start', '--input', inputFor(TEST_TAG))) as Started,
    ({ executionArn }) => executionArn,
  );
  await steps.take(
    'the night asks',
    () => untilAsked(started),
    (count) => `${count} proposals`,
  );
  await steps.take(
    'rightsizer approve --all',
    async () => (await rightsizer('approve', '--all', '--run', started.runId)) as { accepted: number },
    ({ accepted }) => `${accepted} accepted`,
  );
  await steps.take(
    'production runs on the new sizes until the night ends',
    async () => {
      const ended = untilEnded(started.executionArn);
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      // Not `finally`: its promise would fail unheard, and Node.js end the process before anything is destroyed.
      void ended.then(over, over);
      const [status] = await Promise.all([ended, callUntil(() => isOver)]);
      assert.equal(status, 'SUCCEEDED');
      return status;
    },
    (status) => status,
  );
  await steps.take(
    'rightsizer report',
    () => rightsizer('report', started.runId),
    (report) => JSON.stringify(report),
  );
}

const inputFor = (tag: string): string => JSON.stringify({ scope: { tags: { [tag]: 'true' } } });

async function rightsizer(...words: string[]): Promise<unknown> {
  return JSON.parse(await runNode(['cli/rightsizer.ts', ...words, '--json'], { RIGHTSIZER_STACK: TEST_STACK }));
}

async function untilAsked({ executionArn, runId }: Started): Promise<number> {
  for (;;) {
    const { runs } = (await rightsizer('pending', '--run', runId)) as { runs: { proposals: unknown[] }[] };
    const count = runs[0]?.proposals.length ?? 0;
    if (count > 0) return count;
    assert.equal(await statusOf(executionArn), 'RUNNING', 'the night ended and asked nothing');
    await wait(POLL_MS);
  }
}

async function untilEnded(executionArn: string): Promise<string | undefined> {
  for (;;) {
    const status = await statusOf(executionArn);
    if (status !== 'RUNNING') return status;
    await wait(POLL_MS);
  }
}

async function statusOf(executionArn: string): Promise<string | undefined> {
  return (await new SFNClient({}).send(new DescribeExecutionCommand({ executionArn }))).status;
}
