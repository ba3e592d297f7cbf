import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAlarmEvent } from '../../../../shared/contracts/alarm-event.ts';

const example = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(__dirname, '../../../fixtures/alarm-events', `${name}.json`), 'utf8'));

describe('parseAlarmEvent', () => {
  it.each([
    ['single-metric', 'metric', 'ServerCpuTooHigh', '2019-10-02T17:04:40.989Z'],
    ['metric-math', 'math', 'TotalNetworkTrafficTooHigh', '2019-10-02T17:20:48.554Z'],
    ['composite', 'composite', 'ServiceAggregatedAlarm', '2022-07-22T15:57:45.394Z'],
    ['contributor', 'contributor', 'DynamoDBInsightsAlarm', '2025-12-01T13:42:04.919Z'],
    ['multi-time-series', 'insights', 'DynamoDBInsightsAlarm', '2025-12-01T13:42:04.919Z'],
  ])('reads AWS’s documented %s event', (name, kind, alarmName, at) => {
    expect(parseAlarmEvent(example(name))).toMatchObject({ kind, alarmName, at, state: 'ALARM' });
  });

  it('names the series that changed, and the children that a composite alarm blames', () => {
    expect(parseAlarmEvent(example('contributor')).contributor).toEqual({ TableName: 'example-dynamodb-table-name' });
    expect(parseAlarmEvent(example('composite')).triggeringAlarms).toEqual(['ServerCpuTooHigh']);
  });

  it('knows a muted alarm from one that is not', () => {
    expect(parseAlarmEvent(example('single-metric')).muted).toBe(true);
    expect(parseAlarmEvent(example('multi-time-series')).muted).toBe(false);
  });

  it.each([
    ['a null', null],
    ['a text', 'ALARM'],
    ['another service’s event', { ...example('single-metric'), source: 'aws.ec2' }],
    ['a configuration change', { ...example('single-metric'), 'detail-type': 'CloudWatch Alarm Configuration Change' }],
    ['a state nobody knows', { ...example('single-metric'), detail: { alarmName: 'a', state: { value: 'BROKEN' } } }],
    ['an event without a name', { ...example('single-metric'), detail: { state: { value: 'ALARM' } } }],
  ])('rejects %s', (_, event) => {
    expect(() => parseAlarmEvent(event)).toThrow(expect.objectContaining({ name: 'InvalidInput' }));
  });

  it('takes unreadable reasons of a composite alarm for none', () => {
    const composite = example('composite');
    const detail = composite['detail'] as Record<string, Record<string, unknown>>;
    const broken = { ...composite, detail: { ...detail, state: { ...detail['state'], reasonData: '{nonsense' } } };
    expect(parseAlarmEvent(broken).triggeringAlarms).toEqual([]);
  });
});
