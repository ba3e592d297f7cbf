import { createComputeOptimizer } from '../../../../shared/clients/compute-optimizer/memory-findings.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
const recommendation = (more: object = {}) => ({
  functionArn: `${ARN}:$LATEST`,
  functionVersion: '$LATEST',
  utilizationMetrics: [
    { name: 'Duration', statistic: 'Maximum', value: 900 },
    { name: 'Memory', statistic: 'Maximum', value: 321 },
  ],
  memorySizeRecommendationOptions: [
    {
      memorySize: 512,
      projectedUtilizationMetrics: [
        { name: 'Duration', statistic: 'LowerBound', value: 80 },
        { name: 'Duration', statistic: 'Expected', value: 100 },
        { name: 'Duration', statistic: 'UpperBound', value: 130 },
      ],
    },
    { memorySize: 256, projectedUtilizationMetrics: [{ name: 'Duration', statistic: 'LowerBound', value: 80 }] },
  ],
  ...more,
});
const answering = (...pages: object[][]) =>
  fakeAws({
    GetLambdaFunctionRecommendations: (_input, nth) => ({
      lambdaFunctionRecommendations: pages[nth],
      ...(nth + 1 < pages.length && { nextToken: `page ${nth + 1}` }),
    }),
  });

describe('createComputeOptimizer', () => {
  it('reads most memory used and the projected durations by unqualified ARN', async () => {
    aws = answering([recommendation()]);
    const answer = await createComputeOptimizer().listFindings();
    if (!answer.available) throw new Error(answer.reason);
    expect(answer.findings.get(ARN)).toEqual({
      maxMemoryUsedMb: 321,
      projections: [{ memorySizeMb: 512, expectedDurationMs: 100, lowerDurationMs: 80, upperDurationMs: 130 }],
    });
  });

  it('follows pages and passes over published versions', async () => {
    aws = answering(
      [recommendation({ functionArn: `${ARN}:7`, functionVersion: '7' })],
      [recommendation({ functionArn: `${ARN}2` })],
    );
    const answer = await createComputeOptimizer().listFindings();
    expect(answer).toMatchObject({ available: true });
    expect(answer.available && [...answer.findings.keys()]).toEqual([`${ARN}2`]);
    expect(aws.calls[1]!.input.nextToken).toBe('page 1');
  });

  it('leaves memory out where there is none, instead of 0', async () => {
    aws = answering([
      recommendation({ utilizationMetrics: [], finding: 'Unavailable', memorySizeRecommendationOptions: [] }),
    ]);
    const answer = await createComputeOptimizer().listFindings();
    expect(answer.available && answer.findings.get(ARN)).toEqual({ projections: [] });
  });

  const failingWith = (name: string) => {
    aws = fakeAws({
      GetLambdaFunctionRecommendations: () => {
        throw awsError(name, 'client', 403);
      },
    });
    return createComputeOptimizer().listFindings();
  };

  it('answers that the account is not opted in, which is no failure', async () => {
    const answer = await failingWith('OptInRequiredException');
    expect(answer).toEqual({ available: false, reason: expect.stringContaining('not opted in') });
  });

  it('fails by the permission where it may not ask, and by its own name on an unknown error', async () => {
    await expect(failingWith('AccessDeniedException')).rejects.toThrow('GetLambdaFunctionRecommendations');
    await expect(failingWith('SomethingNew')).rejects.toThrow('SomethingNew');
  });

  it('fails as transient when throttled', async () => {
    aws = fakeAws({
      GetLambdaFunctionRecommendations: () => {
        throw awsError('ThrottlingException');
      },
    });
    await expect(createComputeOptimizer().listFindings()).rejects.toMatchObject({ name: 'TransientFailure' });
  });
});
