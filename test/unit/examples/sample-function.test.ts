import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { configureMetrics } from '../../../shared/cloudwatch-metrics/index.ts';
import { clearResponseCache, closeConnectionPool } from '../../../shared/connection-pool/index.ts';

type Sample = typeof import('../../../examples/sample-function/handler.ts');

const send = jest.fn();
let lines: Record<string, unknown>[];
let sample: Sample;

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'sample',
    NOTES_TABLE_NAME: 'notes',
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_METRICS_DISABLED: 'false',
  });
  sample = await import('../../../examples/sample-function/handler.ts');
});

beforeEach(() => {
  lines = [];
  send.mockReset().mockResolvedValue({ Item: { note: 'Light becomes sugar.' } });
  jest.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(send);
  jest.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(JSON.parse(text)));
  configureMetrics({});
  clearResponseCache();
});

afterEach(() => jest.restoreAllMocks());
afterAll(() => closeConnectionPool());

describe('the sample function', () => {
  it('reads a note once for all who ask for it, and tracks hit and miss', async () => {
    const question = { userId: 'ann', query: 'light' };
    const answers = [await sample.handler(question, {}), await sample.handler(question, {})];
    expect(answers[0]).toEqual({ query: 'light', answer: 'Light becomes sugar.', source: 'notes' });
    expect(answers[1]).toBe(answers[0]);
    expect(send).toHaveBeenCalledTimes(1);
    expect(send.mock.calls[0][0].input).toEqual({ TableName: 'notes', Key: { userId: 'ann', topic: 'light' } });
    expect(lines.map((line) => [line['CacheHit'], line['RequestCostUsd']])).toEqual([
      [0, 0.125e-6],
      [1, 0],
    ]);
  });

  it('never answers one user with what it read for another', async () => {
    await sample.handler({ userId: 'ann', query: 'light' }, {});
    await sample.handler({ userId: 'bob', query: 'light' }, {});
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('says so when there is no note', async () => {
    send.mockResolvedValue({});
    await expect(sample.handler({ userId: 'ann', query: 'light' }, {})).resolves.toMatchObject({ source: 'none' });
  });

  it.each([[undefined], [{}], [{ userId: 'ann', query: 7 }]])(
    'refuses %p by name and counts it as an error',
    async (event) => {
      await expect(sample.handler(event, {})).rejects.toMatchObject({ name: 'InvalidInput' });
      expect(lines.map((line) => line['ErrorType']).filter(Boolean)).toEqual(['InvalidInput']);
      expect(lines[0]).not.toHaveProperty('CacheHit');
    },
  );

  it('fails when the table does, by the name of the failure', async () => {
    send.mockRejectedValue(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    await expect(sample.handler({ userId: 'ann', query: 'light' }, {})).rejects.toThrow('slow down');
    expect(lines.at(-1)).toMatchObject({ ErrorType: 'ThrottlingException' });
  });
});
