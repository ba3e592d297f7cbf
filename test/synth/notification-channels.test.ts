import * as v from 'valibot';
import { pagerDutySchema, slackSchema } from '../support/channel-forms.ts';
import { type HttpReceiver, openReceiver } from '../support/http-receiver.ts';
import { type BusEvent, matchesPattern, transformInput } from '../support/input-transformer.ts';
import { approvalsRequested, changeEnded, LINK, NASTY, remediated, runFailed } from '../support/published-events.ts';
import { type Resource, synthesize, type Template } from './template.ts';

const SLACK = 'rightsizer/slack';
const PAGER_DUTY = 'rightsizer/pagerduty';
/** What the secrets hold, once CloudFormation has resolved the references to them. */
const INTEGRATION_KEY = '0123456789abcdef0123456789abcdef';

const template = synthesize({ channels: { slackSecretName: SLACK, pagerDutySecretName: PAGER_DUTY } });
const withLink = synthesize({ channels: { slackSecretName: SLACK, linkInEvents: true } });

let receiver: HttpReceiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterEach(() => receiver.requests.splice(0));
afterAll(() => receiver.close());

/** Delivers events as EventBridge does: by every rule that takes them, transformed, to the rule's destination. */
async function deliver(stage: Template, sent: readonly BusEvent[]): Promise<void> {
  for (const [id, { Properties: rule }] of stage.ofType('AWS::Events::Rule')) {
    if (!id.startsWith('Channels')) continue;
    for (const event of sent.filter((each) => matchesPattern(each, rule.EventPattern))) {
      for (const target of rule.Targets) await post(stage, target, event);
    }
  }
}

async function post(stage: Template, target: Resource['Properties'], event: BusEvent): Promise<void> {
  const destination = stage.resources[target.Arn['Fn::GetAtt'][0]]!.Properties;
  const connection = stage.resources[destination.ConnectionArn['Fn::GetAtt'][0]]!.Properties;
  const extra = (connection.AuthParameters.InvocationHttpParameters?.BodyParameters ?? []) as {
    Key: string;
    Value: string;
  }[];
  const body = {
    ...transformInput(target.InputTransformer, event),
    ...Object.fromEntries(extra.map(({ Key, Value }) => [Key, resolved(Value)])),
  };
  const path = destination.InvocationEndpoint.startsWith('https://events.pagerduty.com/') ? '/v2/enqueue' : '/slack';
  await fetch(`${receiver.url}${path}`, {
    method: destination.HttpMethod,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  });
}

const resolved = (value: string): string =>
  value === `{{resolve:secretsmanager:${PAGER_DUTY}:SecretString:::}}` ? INTEGRATION_KEY : value;

const received = (path: string) =>
  receiver.requests.filter((each) => each.path === path).map((each) => JSON.parse(each.body) as unknown);

describe('Slack', () => {
  it.each([
    ['what an alarm meant', () => remediated(false), 'Rightsizer remediation Notified: orders-api: OutOfMemory'],
    ['that approvals are asked for', approvalsRequested, 'Rightsizer 2026-11-23: 1 change to decide'],
    ['that a run failed', runFailed, 'Rightsizer: run scheduled-2026-11-23 failed'],
    ['that a change was rolled back', () => changeEnded('RolledBack'), 'Rightsizer: orders-api was rolled back'],
  ])('is told %s, in the documented form of an incoming webhook', async (_, make, title) => {
    await deliver(template, await make());
    const messages = received('/slack');
    expect(messages).toHaveLength(1);
    expect(v.parse(slackSchema, messages[0]).text).toBe(title);
    expect(receiver.requests[0]).toMatchObject({ method: 'POST' });
  });

  it('shows a failure’s cause as it is, whatever it holds', async () => {
    await deliver(template, await runFailed());
    expect(v.parse(slackSchema, received('/slack')[0]).blocks[1]).toEqual({
      type: 'section',
      text: { type: 'plain_text', text: `States.TaskFailed: ${NASTY}` },
    });
  });

  it('gets the link only where that is configured', async () => {
    await deliver(template, await approvalsRequested());
    expect(JSON.stringify(received('/slack'))).not.toContain(LINK);
    receiver.requests.splice(0);
    await deliver(withLink, await approvalsRequested(true));
    expect(v.parse(slackSchema, received('/slack')[0]).blocks.at(-1)).toEqual({
      type: 'section',
      text: { type: 'mrkdwn', text: LINK },
    });
  });
});

describe('PagerDuty', () => {
  it.each([
    ['a remediation that failed', () => remediated(true), 'error', 'rightsizer/remediation/orders-api/OutOfMemory'],
    ['a failed run', runFailed, 'error', 'rightsizer/scheduled-2026-11-23'],
    ['an undone change', () => changeEnded('RolledBack'), 'warning', 'rightsizer/scheduled-2026-11-23/orders-api'],
    [
      'a change that could not be undone',
      () => changeEnded('RollbackRefused'),
      'warning',
      'rightsizer/scheduled-2026-11-23/orders-api',
    ],
  ])('is told of %s, in the documented form of the Events API v2', async (_, make, severity, dedupKey) => {
    await deliver(template, await make());
    const [event, ...others] = received('/v2/enqueue').map((each) => v.parse(pagerDutySchema, each));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      routing_key: INTEGRATION_KEY,
      event_action: 'trigger',
      dedup_key: dedupKey,
      payload: { severity, source: '123456789012', custom_details: { text: expect.stringContaining(NASTY) } },
    });
  });

  it('is not woken for approvals, nor for alarms that were only explained', async () => {
    await deliver(template, await approvalsRequested());
    await deliver(template, await remediated(false));
    expect(received('/v2/enqueue')).toEqual([]);
  });
});

it('tells no channel of a change that went well', async () => {
  await deliver(template, await changeEnded('Verified'));
  expect(receiver.requests).toEqual([]);
});

it('names secrets and holds none', () => {
  const [slack, pagerDuty] = ['Slack', 'PagerDuty'].map(
    (name) => template.ofType('AWS::Events::ApiDestination').find(([id]) => id.startsWith(`Channels${name}`))![1],
  );
  expect(slack!.Properties.InvocationEndpoint).toBe(`{{resolve:secretsmanager:${SLACK}:SecretString:::}}`);
  expect(pagerDuty!.Properties.InvocationEndpoint).toBe('https://events.pagerduty.com/v2/enqueue');
  const connections = template.ofType('AWS::Events::Connection').map(([, { Properties: each }]) => each);
  const values = connections.flatMap(({ AuthParameters: parameters }) => [
    parameters.ApiKeyAuthParameters.ApiKeyValue,
    ...(parameters.InvocationHttpParameters?.BodyParameters ?? []).map(({ Value: value }: { Value: string }) => value),
  ]);
  const reference = `{{resolve:secretsmanager:${PAGER_DUTY}:SecretString:::}}`;
  expect(values.sort()).toEqual(['Rightsizer', reference, reference]);
});

it('keeps what a channel did not take', () => {
  const rules = template.ofType('AWS::Events::Rule').filter(([id]) => id.startsWith('Channels'));
  expect(rules).toHaveLength(7);
  for (const [, { Properties: rule }] of rules) {
    for (const { DeadLetterConfig: config, RetryPolicy: policy } of rule.Targets) {
      expect(template.resources[config.Arn['Fn::GetAtt'][0]]?.Type).toBe('AWS::SQS::Queue');
      expect(policy.MaximumEventAgeInSeconds).toBe(4 * 3600);
    }
  }
});
