import { App } from 'aws-cdk-lib';
import * as v from 'valibot';
import { readContext } from '../../../infra/configuration/context.ts';
import { allFields } from '../../../infra/configuration/field-tree.ts';
import { createApp } from '../../../infra/create-app.ts';

const read = (context: Record<string, unknown>): unknown => readContext(new App({ context }).node);

it('is empty where the context says nothing', () => {
  expect(read({})).toEqual({});
});

it('takes the object of cdk.json as it is, wrong values included', () => {
  expect(read({ rightsizer: { stackName: 7, foo: true } })).toEqual({ stackName: 7, foo: true });
});

it('lets the command line override single fields, also of a group', () => {
  const context = { rightsizer: { stackName: 'A', policy: { strategy: 'cost', maxSlowdown: 0.2 } } };
  expect(read({ ...context, 'rightsizer.stackName': 'B', 'rightsizer.policy.strategy': 'speed' })).toEqual({
    stackName: 'B',
    policy: { strategy: 'speed', maxSlowdown: 0.2 },
  });
  expect(context.rightsizer.stackName).toBe('A');
});

it('reads numbers, booleans and lists of the command line as what they are', () => {
  const overrides = {
    'rightsizer.approvalWindowHours': '12',
    'rightsizer.scheduleEnabled': 'false',
    'rightsizer.emails': '["a@example.com"]',
  };
  expect(read(overrides)).toEqual({ approvalWindowHours: 12, scheduleEnabled: false, emails: ['a@example.com'] });
});

it('keeps text that looks like a number where the field is text', () => {
  expect(read({ 'rightsizer.account': '123456789012' })).toEqual({ account: '123456789012' });
});

it('hands unknown and unreadable overrides on, so that validation names them', () => {
  expect(read({ 'rightsizer.approvalWindowHour': '12', 'rightsizer.watchNights': 'many' })).toEqual({
    approvalWindowHour: 12,
    watchNights: 'many',
  });
});

it('reads the whole object from the command line as JSON', () => {
  expect(read({ rightsizer: '{"stackName":"B"}' })).toEqual({ stackName: 'B' });
});

it('rejects a whole object that is not JSON', () => {
  expect(() => read({ rightsizer: 'B' })).toThrow('context rightsizer is "B", allowed is a JSON object');
});

describe('a list on the command line', () => {
  const emails = (text: string) => read({ 'rightsizer.emails': text });

  it.each([
    ['one plain value', 'you@example.com', ['you@example.com']],
    ['values with commas between them', 'a@example.com, b@example.com', ['a@example.com', 'b@example.com']],
    ['JSON', '["a@example.com","b@example.com"]', ['a@example.com', 'b@example.com']],
    ['nothing', '', []],
  ])('may be %s', (_, text, list) => {
    expect(emails(text)).toEqual({ emails: list });
  });

  it('is read so in every field that takes a list', () => {
    const lists = allFields().filter(({ schema }) => v.is(schema, []));
    expect(lists.map(({ path }) => path)).toEqual(expect.arrayContaining(['emails', 'alarmEmails']));
    for (const { path } of lists) {
      const [value] = Object.values(read({ [`rightsizer.${path}`]: 'one,two' }) as Record<string, unknown>);
      expect(JSON.stringify(value)).toContain('["one","two"]');
    }
  });

  it('makes the deploy command of the README synthesize', () => {
    const { stack, app } = createApp(new Date('2026-11-01T00:00:00Z'), {
      builtinCloudFormationValidation: false,
      context: { 'rightsizer.emails': 'you@example.com', 'aws:cdk:bundling-stacks': [] },
    });
    const { Resources } = app.synth().getStackByName(stack.stackName).template;
    const endpoints = Object.values(Resources as Record<string, { Type: string; Properties: { Endpoint?: string } }>)
      .filter(({ Type }) => Type === 'AWS::SNS::Subscription')
      .map(({ Properties }) => Properties.Endpoint);
    expect(endpoints).toContain('you@example.com');
  });
});
