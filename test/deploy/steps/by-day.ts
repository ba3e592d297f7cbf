import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ExecutionDescription } from '../../../sandbox/engine/index.ts';
import type { Steps } from '../steps.ts';
import { alarmNames } from '../world/alarms.ts';
import { listenToStandIn, putEvent } from '../world/bus.ts';
import { PROJECT_ROOT } from '../world/command.ts';
import { createCustomerFunction, publishSlowCalls, timeoutSecondsOf } from '../world/customer-functions.ts';
import type { DeployedAccount } from '../world/deployed-account.ts';
import { STACK_NAME, type StackOutputs } from '../world/deployed-stack.ts';
import { send } from '../world/http.ts';
import { sendSigned } from '../world/signed.ts';

const SLOW = {
  functionName: 'slow-partner',
  memorySizeMb: 512,
  timeoutSeconds: 10,
  invocationsPerHour: 600,
  meanDurationMs: 9_800,
};
const EXAMPLE = path.join(PROJECT_ROOT, 'test/fixtures/alarm-events/single-metric.json');

/** What events and operators start. */
export async function byDay(steps: Steps, account: DeployedAccount, stack: StackOutputs): Promise<void> {
  await steps.take(
    'the end of a night on the bus starts ConfigureAlarms',
    async () => {
      assert.equal(await listenToStandIn('aws.states'), 1);
      const detail = { stateMachineArn: stack['StateMachineArn'], status: 'SUCCEEDED' };
      const at = new Date(account.led.now());
      await putEvent('aws.states', 'Step Functions Execution Status Change', detail, at);
      const ended = await account.finishStartedByRule(stack['ConfigureAlarmsArn']!);
      const { created } = JSON.parse(ended.output ?? '{}') as { created: string[] };
      const alarms = await alarmNames(`${STACK_NAME}.`);
      assert.ok(created.length > 0, `nothing was created: ${ended.output}`);
      assert.deepEqual(alarms.toSorted(), created.toSorted());
      return alarms;
    },
    (alarms) => `the account has ${alarms.join(' and ')}`,
  );
  await steps.take(
    'an alarm’s event on the bus starts Remediation, which raises a timeout at its limit',
    async () => {
      await createCustomerFunction(SLOW);
      await publishSlowCalls(SLOW, account.led.now());
      assert.equal(await listenToStandIn('aws.cloudwatch'), 1);
      await putAlarm(account);
      const ended = await account.finishStartedByRule(stack['RemediationArn']!);
      const raised = await timeoutSecondsOf(SLOW.functionName);
      assert.ok(raised > SLOW.timeoutSeconds, `the timeout is still ${raised} s: ${ended.output}`);
      return { ended, raised };
    },
    ({ ended, raised }) => `${outcomeOf(ended)}; timeout ${SLOW.timeoutSeconds} → ${raised} s`,
  );
  await callOperatorApi(steps, account, `${stack['ApprovalPageUrl']}/optimizer`);
}

async function callOperatorApi(steps: Steps, account: DeployedAccount, url: string): Promise<void> {
  await steps.take(
    'the operator API starts a dry run for a signed request',
    async () => {
      const { status, body } = await sendSigned(url, { action: 'optimizeAll', dryRun: true });
      assert.equal(status, 202, body);
      const { executionArn } = JSON.parse(body) as { executionArn: string };
      return { body, ended: await account.finish(executionArn) };
    },
    ({ body, ended }) => `202 ${body}\n${ended.status}`,
  );
  await steps.take(
    'the operator API refuses the same without a signature',
    async () => {
      const answer = await send('POST', url, { 'content-type': 'application/json' }, '{"action":"optimizeAll"}');
      assert.equal(answer.status, 403, answer.body);
      return answer;
    },
    ({ status, body }) => `${status} ${body}`,
  );
}

/** AWS's own example of an alarm's event, about our alarm and now. */
async function putAlarm(account: DeployedAccount): Promise<void> {
  const { detail, source, ...event } = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as {
    source: string;
    'detail-type': string;
    detail: { state: object; muteDetail?: object };
  };
  const at = new Date(account.led.now());
  const { muteDetail: _, ...unmuted } = detail;
  const about = {
    ...unmuted,
    alarmName: `${STACK_NAME}.high.DurationNearTimeout.function.${SLOW.functionName}`,
    state: { ...detail.state, timestamp: at.toISOString() },
  };
  await putEvent(source, event['detail-type'], about, at);
}

const outcomeOf = ({ output }: ExecutionDescription): string => {
  const { outcome, reason } = JSON.parse(output ?? '{}') as { outcome?: string; reason?: string };
  return `${outcome}: ${reason}`;
};
