import '../../../../support/quiet.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_REMEDIATION_SETTINGS } from '../../../../../shared/domain/remediation/policy.ts';
import {
  type ClassifyAlarmDependencies,
  classifyAlarm,
} from '../../../../../tasks/remediation/classify-alarm/classify-alarm.ts';
import { alarmSettings } from '../../../../support/alarm-settings.ts';
import { FUNCTION_NAME, functionArn, functionRecord, liveFunction } from '../../../../support/builders.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';
import { ALARM_NAME, NOW_MS } from '../../../../support/remediation.ts';

type Example = { detail: Record<string, unknown> } & Record<string, unknown>;
const example = (name: string): Example =>
  JSON.parse(readFileSync(path.join(__dirname, '../../../../fixtures/alarm-events', `${name}.json`), 'utf8'));

/** AWS's example, about an alarm of ours that nobody muted. */
const about = (name: string, alarmName: string, detail: Record<string, unknown> = {}): Example => {
  const { muteDetail: _muted, ...rest } = example(name).detail;
  return { ...example(name), detail: { ...rest, alarmName, ...detail } };
};

function world(
  recent: { invocations: number; errors: number; maxDurationMs?: number } = { invocations: 1_000, errors: 200 },
) {
  const ledger = memoryLedger();
  const read: string[] = [];
  const ranked: string[] = [];
  const asked: string[] = [];
  const spans: number[] = [];
  const dependencies: ClassifyAlarmDependencies = {
    alarmSettings: alarmSettings(),
    settings: DEFAULT_REMEDIATION_SETTINGS,
    ledger,
    now: () => NOW_MS,
    subjects: {
      read: async (functionName) => {
        read.push(functionName);
        return {
          functionArn: functionArn(functionName),
          live: liveFunction(),
          logGroupName: `/aws/lambda/${functionName}`,
          logFormat: 'Text',
        };
      },
    },
    callers: {
      readCallers: async (functionName) => {
        asked.push(functionName);
        return { queues: [{ name: 'jobs', visibilityTimeoutSeconds: 240 }], isCalledByApiGateway: false };
      },
    },
    concurrency: { readAccount: async () => ({ concurrency: 1_000, unreserved: 900 }) },
    memory: { read: async () => 1_024 },
    metrics: {
      readFunction: async (_, { fromMs, toMs }) => {
        spans.push(toMs - fromMs);
        return { throttles: 0, p95DurationMs: 300, maxDurationMs: 900, ...recent };
      },
      readTable: async () => ({ throttled: { reads: 0, writes: 60 }, consumed: { readUnits: 0, writeUnits: 40 } }),
      rankFunctions: async (metric) => {
        ranked.push(metric);
        return [FUNCTION_NAME, 'other'];
      },
    },
    tables: {
      read: async () => ({ billingMode: 'PROVISIONED', status: 'ACTIVE', readUnits: 5, writeUnits: 40 }),
      writeUnits: jest.fn(),
      writeMaximum: jest.fn(),
    },
    watchables: {
      listTables: jest.fn(),
      findProvisionedQualifier: jest.fn(),
      listEventSources: async () => [
        { functionName: FUNCTION_NAME, eventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:jobs' },
      ],
    },
  };
  const classify = (event: unknown) =>
    classifyAlarm({ event, execution: { arn: 'arn:execution', name: 'execution-name' } }, dependencies);
  return { classify, ledger, read, ranked, asked, spans };
}

describe('classifyAlarm', () => {
  it.each([
    ['null', null],
    ['a text', 'nonsense'],
    ['an EC2 event', { source: 'aws.ec2' }],
    ['an operator’s wish', { action: 'undo' }],
  ])('answers %s with a recorded outcome instead of failing', async (_, event) => {
    expect(await world().classify(event)).toMatchObject({
      verdict: 'ignore',
      cause: 'Unrecognised',
      remediationId: 'execution-name',
      reason: expect.stringContaining('is invalid'),
    });
  });

  it.each(['single-metric', 'metric-math', 'composite', 'contributor', 'multi-time-series'])(
    'leaves AWS’s %s example alone, since it is not an alarm of ours',
    async (name) => {
      const here = world();
      expect(await here.classify(example(name))).toMatchObject({ verdict: 'ignore', cause: 'NotOurs' });
      expect(here.read).toEqual([]);
    },
  );

  it('acts on a metric-math alarm on one function', async () => {
    expect(await world().classify(about('metric-math', ALARM_NAME))).toMatchObject({
      verdict: 'act',
      cause: 'OutOfMemory',
      resource: { kind: 'function', name: FUNCTION_NAME },
      action: { kind: 'RaiseMemory' },
      remediationId: example('metric-math')['id'],
    });
  });

  it('asks who calls a function only where its calls near its timeout', async () => {
    const cutOff = world({ invocations: 1_000, errors: 200, maxDurationMs: 30_000 });
    await cutOff.classify(about('metric-math', ALARM_NAME));
    expect(cutOff.asked).toEqual([FUNCTION_NAME]);
    const quick = world();
    await quick.classify(about('metric-math', ALARM_NAME));
    expect(quick.asked).toEqual([]);
  });

  it('acts on the one function that a fleet alarm’s contributor names, and on no event about the fleet itself', async () => {
    const here = world();
    const fleet = 'Rightsizer.high.HighErrorRate.fleet';
    const contributor = { id: 'c', attributes: { FunctionName: FUNCTION_NAME } };
    expect(await here.classify(about('contributor', fleet, { alarmContributor: contributor }))).toMatchObject({
      action: { kind: 'RaiseMemory', functionName: FUNCTION_NAME },
      alarm: { contributor: { FunctionName: FUNCTION_NAME } },
    });
    here.read.length = 0;
    expect(await here.classify(about('multi-time-series', fleet))).toMatchObject({ cause: 'SpokenForByContributors' });
    expect(here.read).toEqual([]);
  });

  it('asks for the worst function where an alarm only knows the account’s sum', async () => {
    const here = world();
    const result = await here.classify(about('metric-math', 'Rightsizer.high.HighErrorRate.account'));
    expect(here.ranked).toEqual(['Errors']);
    expect(result.action).toMatchObject({ functionName: FUNCTION_NAME });
  });

  it('takes a composite alarm of ours for the child that fired', async () => {
    const reasonData = JSON.stringify({
      triggeringAlarms: [{ arn: `arn:aws:cloudwatch:us-east-1:1:alarm:${ALARM_NAME}`, state: { value: 'ALARM' } }],
    });
    const result = await world().classify(
      about('composite', 'Rightsizer.high.Everything', { state: { value: 'ALARM', reasonData } }),
    );
    expect(result).toMatchObject({ cause: 'OutOfMemory', alarm: { name: 'Rightsizer.high.Everything' } });
  });

  it('leaves what was muted, and what is over, alone', async () => {
    const muted = about('single-metric', ALARM_NAME, { muteDetail: {} });
    expect(await world().classify(muted)).toMatchObject({ cause: 'Muted' });
    const over = about('single-metric', ALARM_NAME, { state: { value: 'OK' } });
    expect(await world().classify(over)).toMatchObject({ cause: 'AlreadyOver' });
  });

  it('looks at tables, at queues through their readers, and at services', async () => {
    const classify = (name: string) => world().classify(about('single-metric', name));
    expect(await classify('Rightsizer.high.DynamoDbThrottling.table.sessions')).toMatchObject({
      action: { kind: 'RaiseTableCapacity' },
    });
    expect(await classify('Rightsizer.high.HighQueueDepth.queue.jobs')).toMatchObject({
      cause: 'ConsumerFailing',
      resource: { kind: 'queue', name: 'jobs' },
    });
    expect(await classify('Rightsizer.low.HighCostPerUser.application.campus')).toMatchObject({
      action: { kind: 'OptimizeOnDemand' },
    });
    expect(await classify('Rightsizer.low.HighConcurrentUsers.application.campus')).toMatchObject({
      verdict: 'notify',
      cause: 'Announcement',
    });
  });

  it('does not judge a function by what happened before our last write to it', async () => {
    const here = world();
    const at = new Date(NOW_MS - 4 * 60_000).toISOString();
    here.ledger.contents.functions.set(
      FUNCTION_NAME,
      functionRecord({ lastWritten: { memorySizeMb: 1_024, timeoutSeconds: 30, at, runId: 'r' } }),
    );
    await here.classify(about('metric-math', ALARM_NAME));
    expect(here.spans).toEqual([4 * 60_000]);
  });
});
