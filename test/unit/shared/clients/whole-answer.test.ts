import { createAliasTraffic } from '../../../../shared/clients/cloudwatch/alias-traffic.ts';
import { createInsightsMemory } from '../../../../shared/clients/cloudwatch/insights-memory.ts';
import { createUnqualifiedTraffic } from '../../../../shared/clients/cloudwatch/unqualified-traffic.ts';
import { fakeAws } from './fake-aws.ts';

/** GetMetricData answers 200 with less than it was asked for; taken for the whole it would propose what is unsafe. */
const WINDOW = { startMs: 0, endMs: 86_400_000 };
const READERS = {
  'the share of calls to $LATEST': () => createUnqualifiedTraffic().readShares(['orders'], WINDOW),
  'the shares of aliases': () => createAliasTraffic().readShares('orders', ['live'], WINDOW),
  'the most memory used': () => createInsightsMemory().readMaxMemoryMb(['orders'], WINDOW),
};

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

/** A tenth of all invocations, and all of those that name no alias. */
const partly = (StatusCode: string) => [
  { Id: 'q0', Values: [10], StatusCode },
  { Id: 'q1', Values: [10], StatusCode: 'Complete' },
  { Id: 'm0', Values: [90], StatusCode },
];

describe.each(Object.entries(READERS))('%s', (_, read) => {
  it.each([
    ['PartialData', 'TransientFailure'],
    ['InternalError', 'TransientFailure'],
    ['Forbidden', 'InvalidConfiguration'],
  ])('is not known where CloudWatch answers %s', async (statusCode, name) => {
    aws = fakeAws({ GetMetricData: () => ({ MetricDataResults: partly(statusCode) }) });
    await expect(read()).rejects.toMatchObject({ name });
  });

  it('is not known where CloudWatch left metrics out', async () => {
    const Messages = [{ Code: 'ArgumentsLimitExceeded', Value: 'some metrics were left out' }];
    aws = fakeAws({ GetMetricData: () => ({ MetricDataResults: [], Messages }) });
    await expect(read()).rejects.toMatchObject({ name: 'TransientFailure' });
  });

  it('is known once the last page of a result is in', async () => {
    aws = fakeAws({
      GetMetricData: (_input, nth) =>
        nth === 0
          ? { NextToken: 'more', MetricDataResults: partly('PartialData') }
          : { MetricDataResults: partly('Complete') },
    });
    expect((await read()).size).toBeLessThanOrEqual(1);
  });
});
