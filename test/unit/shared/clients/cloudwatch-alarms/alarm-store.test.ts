import { createAlarmStore } from '../../../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import { useClock } from '../../../../../shared/clock.ts';
import { diffAlarms } from '../../../../../shared/domain/configuration/alarms/alarm-changes.ts';
import { alarmsFor } from '../../../../../shared/domain/configuration/alarms/catalogue.ts';
import { alarmSettings } from '../../../../support/alarm-settings.ts';
import { awsError, fakeAws } from '../fake-aws.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms';
const definitions = alarmsFor({ kind: 'function', functionName: 'orders-api', timeoutSeconds: 30 }, alarmSettings());

let nowMs = 0;
let restore: () => void;
beforeEach(() => {
  nowMs = 0;
  restore = useClock({
    now: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  });
});
afterEach(() => restore());

describe('createAlarmStore', () => {
  it('takes no more than two of the three calls a second that PutMetricAlarm allows', async () => {
    const { calls, stop } = fakeAws({ PutMetricAlarm: () => ({}) });
    await createAlarmStore().put([...definitions, ...definitions], TOPIC);
    stop();
    expect(calls).toHaveLength(definitions.length * 2);
    expect(calls.length / (nowMs / 1000 + 0.5)).toBeLessThanOrEqual(2);
  });

  it('finds nothing to change in the alarms it has put itself, whatever order CloudWatch answers in', async () => {
    const { calls, stop } = fakeAws({
      PutMetricAlarm: () => ({}),
      DescribeAlarms: () => ({
        MetricAlarms: calls
          .filter((call) => call.command === 'PutMetricAlarm')
          .map(({ input }) => ({ ...input, Metrics: [...input.Metrics].reverse(), Dimensions: [], StateValue: 'OK' })),
      }),
    });
    const store = createAlarmStore();
    await store.put(definitions, TOPIC);
    const changes = diffAlarms(definitions, await store.listByPrefix('Rightsizer.'), (alarm) =>
      store.settingsOf(alarm, TOPIC),
    );
    stop();
    expect(changes.unchanged).toHaveLength(definitions.length);
    expect([...changes.create, ...changes.update, ...changes.remove]).toEqual([]);
  });

  it('updates an alarm whose threshold, topic or query differs, and removes one that nothing wants', () => {
    const store = createAlarmStore();
    const [first, ...others] = definitions;
    const standing = [
      { name: first!.name, settings: store.settingsOf({ ...first!, threshold: 1 }, TOPIC) },
      { name: others[0]!.name, settings: store.settingsOf(others[0]!, `${TOPIC}-old`) },
      { name: 'Rightsizer.high.HighErrorRate.function.gone', settings: '' },
    ];
    const changes = diffAlarms(definitions, standing, (alarm) => store.settingsOf(alarm, TOPIC));
    expect(changes.update.map((each) => each.name)).toEqual([first!.name, others[0]!.name]);
    expect(changes.remove).toEqual(['Rightsizer.high.HighErrorRate.function.gone']);
    expect(changes.create).toHaveLength(definitions.length - 2);
  });

  it('reads all pages of alarms and of contributors', async () => {
    const { stop } = fakeAws({
      DescribeAlarms: (_, nth) => ({
        MetricAlarms: [{ AlarmName: `a${nth}` }],
        ...(nth === 0 && { NextToken: 'next' }),
      }),
      DescribeAlarmContributors: (_, nth) => ({
        AlarmContributors: [{ ContributorAttributes: { FunctionName: `f${nth}` } }],
        ...(nth === 0 && { NextToken: 'next' }),
      }),
    });
    const store = createAlarmStore();
    expect((await store.listByPrefix('R.')).map((each) => each.name)).toEqual(['a0', 'a1']);
    expect(await store.listContributors('fleet')).toEqual([{ FunctionName: 'f0' }, { FunctionName: 'f1' }]);
    stop();
  });

  it('knows of no contributors where the alarm is gone', async () => {
    const { stop } = fakeAws({
      DescribeAlarmContributors: () => {
        throw awsError('ResourceNotFoundException');
      },
    });
    expect(await createAlarmStore().listContributors('gone')).toEqual([]);
    stop();
  });
});
