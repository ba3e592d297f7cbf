import { createAlarmStore } from '../../../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import { useClock } from '../../../../../shared/clock.ts';
import { diffAlarms } from '../../../../../shared/domain/configuration/alarms/alarm-changes.ts';
import { alarmsFor } from '../../../../../shared/domain/configuration/alarms/catalogue.ts';
import type { RoundTime } from '../../../../../shared/round-time.ts';
import { alarmSettings } from '../../../../support/alarm-settings.ts';
import { upWhen } from '../../../../support/round-time.ts';
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

  it('writes for as long as there is time, and says how many', async () => {
    const { calls, stop } = fakeAws({ PutMetricAlarm: () => ({}), DeleteAlarms: () => ({}) });
    const store = createAlarmStore();
    expect(
      await store.put(
        definitions,
        TOPIC,
        upWhen(() => calls.length === 2),
      ),
    ).toBe(2);
    const names = Array.from({ length: 250 }, (_, index) => `alarm-${index}`);
    expect(
      await store.remove(
        names,
        upWhen(() => calls.length === 4),
      ),
    ).toBe(200);
    expect(await store.remove(names)).toBe(250);
    stop();
    expect(calls.slice(0, 2).map(({ input }) => input.AlarmName)).toEqual(
      definitions.slice(0, 2).map(({ name }) => name),
    );
  });

  it('answers what it wrote where AWS takes no more, and fails where it took nothing or nobody goes on', async () => {
    const put = async (takes: number, time?: RoundTime) => {
      const { stop } = fakeAws({
        PutMetricAlarm: (_, nth) => {
          if (nth < takes) return {};
          throw awsError('InternalServiceFault', 'server', 500);
        },
      });
      return createAlarmStore().put(definitions, TOPIC, time).finally(stop);
    };
    const inTime = upWhen(() => false);
    expect(await put(3, inTime)).toBe(3);
    await expect(put(0, inTime)).rejects.toMatchObject({ name: 'TransientFailure' });
    await expect(put(3)).rejects.toMatchObject({ name: 'TransientFailure' });
  });

  it('reads alarms once, a hundred a page, at half of the nine calls a second that DescribeAlarms allows', async () => {
    const { calls, stop } = fakeAws({
      DescribeAlarms: (_, nth) => ({ MetricAlarms: [], ...(nth < 9 && { NextToken: String(nth) }) }),
    });
    await createAlarmStore().listByPrefix('Rightsizer.');
    stop();
    expect(calls.map(({ input }) => input.MaxRecords)).toEqual(Array(10).fill(100));
    expect(nowMs).toBeGreaterThanOrEqual(2_000);
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
