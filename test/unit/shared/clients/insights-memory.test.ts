import { createInsightsMemory } from '../../../../shared/clients/cloudwatch/insights-memory.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

const window = { startMs: Date.UTC(2026, 10, 9), endMs: Date.UTC(2026, 10, 23) };
const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);

describe('createInsightsMemory', () => {
  it('takes the most of all days and pages, and leaves functions without the extension out', async () => {
    aws = fakeAws({
      GetMetricData: (_input, nth) =>
        nth === 0
          ? {
              NextToken: 'n',
              MetricDataResults: [
                { Id: 'm1', Values: [90, 120] },
                { Id: 'm0', Values: [] },
              ],
            }
          : { MetricDataResults: [{ Id: 'm1', Values: [110] }] },
    });
    const found = await createInsightsMemory().readMaxMemoryMb(['a', 'b'], window);
    expect([...found]).toEqual([['b', 120]]);
  });

  it('asks for 500 functions a call', async () => {
    aws = fakeAws({ GetMetricData: () => ({ MetricDataResults: [{ Id: 'm0', Values: [77] }] }) });
    const found = await createInsightsMemory().readMaxMemoryMb(names(1_001), window);
    expect(aws.calls.map(({ input }) => input.MetricDataQueries.length)).toEqual([500, 500, 1]);
    expect([...found.keys()]).toEqual(['f0', 'f500', 'f1000']);
  });

  it('fails by the permission where it may not ask', async () => {
    aws = fakeAws({
      GetMetricData: () => {
        throw awsError('AccessDenied', 'client', 403);
      },
    });
    await expect(createInsightsMemory().readMaxMemoryMb(['a'], window)).rejects.toThrow('cloudwatch:GetMetricData');
  });

  it('fails as transient when throttled', async () => {
    aws = fakeAws({
      GetMetricData: () => {
        throw awsError('Throttling');
      },
    });
    await expect(createInsightsMemory().readMaxMemoryMb(['a'], window)).rejects.toMatchObject({
      name: 'TransientFailure',
    });
  });
});
