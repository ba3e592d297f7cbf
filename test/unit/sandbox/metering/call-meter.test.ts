import { CallMeter } from '../../../../sandbox/metering/call-meter.ts';

const query = (metric: string, stat: string) => ({
  Id: `${metric}${stat}`,
  MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: metric }, Period: 3600, Stat: stat },
});

/** An attribute of so many bytes, its one-letter name included. */
const item = (bytes: number) => ({ a: { S: 'x'.repeat(bytes - 1) } });

describe('CallMeter', () => {
  it('counts up to five statistics of a metric as one', () => {
    const meter = new CallMeter();
    const statistics = ['Average', 'p50', 'p95', 'p99', 'Maximum', 'Sum'];
    meter.answered(
      'CloudWatch.GetMetricData',
      { MetricDataQueries: [query('Errors', 'Sum'), ...statistics.slice(0, 5).map((each) => query('Duration', each))] },
      {},
    );
    expect(meter.counted.metricsRead).toBe(2);
    meter.answered(
      'CloudWatch.GetMetricData',
      { MetricDataQueries: statistics.map((each) => query('Duration', each)) },
      {},
    );
    expect(meter.counted.metricsRead).toBe(4);
  });

  it('counts what a Logs Insights query scanned once, when it has finished', () => {
    const meter = new CallMeter();
    const poll = (status: string) =>
      meter.answered(
        'CloudWatchLogs.GetQueryResults',
        { queryId: 'one' },
        { status, statistics: { bytesScanned: 7_000 } },
      );
    poll('Running');
    poll('Complete');
    poll('Complete');
    expect(meter.counted.logBytesScanned).toBe(7_000);
  });

  it.each([
    ['an item up to 4 KB', 4_096, true, 1],
    ['a byte more', 4_097, true, 2],
    ['an eventually consistent read', 4_096, undefined, 0.5],
  ])('counts %s', (_, bytes, ConsistentRead, units) => {
    const meter = new CallMeter();
    meter.answered('DynamoDB.GetItem', { ConsistentRead }, { Item: item(bytes) });
    expect(meter.counted.readUnits).toBe(units);
  });

  it('counts an item that is not there', () => {
    const meter = new CallMeter();
    meter.answered('DynamoDB.GetItem', { ConsistentRead: true }, {});
    const RequestItems = { table: { Keys: [{}, {}, {}], ConsistentRead: true } };
    meter.answered('DynamoDB.BatchGetItem', { RequestItems }, { Responses: { table: [item(100)] } });
    expect(meter.counted.readUnits).toBe(4);
  });

  it('counts a page of a query as one read of all its items', () => {
    const meter = new CallMeter();
    meter.answered('DynamoDB.Query', { ConsistentRead: true }, { Items: [item(3_000), item(3_000)] });
    expect(meter.counted.readUnits).toBe(2);
  });

  it('counts a write by the item as it stands afterwards, and again where the sparse index holds it', () => {
    const meter = new CallMeter();
    meter.answered('DynamoDB.PutItem', { Item: item(1_025) }, {});
    expect(meter.counted.writeUnits).toBe(2);
    meter.answered('DynamoDB.UpdateItem', {}, { Attributes: { ...item(100), openPartition: { S: 'OPEN' } } });
    expect(meter.counted.writeUnits).toBe(4);
    meter.refused('DynamoDB.UpdateItem');
    expect(meter.counted.writeUnits).toBe(5);
  });

  it('counts events one by one, and nothing of what is free', () => {
    const meter = new CallMeter();
    meter.answered('EventBridge.PutEvents', { Entries: [{}, {}, {}] }, {});
    meter.answered('Lambda.GetFunction', { FunctionName: 'a' }, {});
    const { events, ...others } = meter.counted;
    expect(events).toBe(3);
    expect(Object.values(others).every((units) => units === 0)).toBe(true);
  });
});
