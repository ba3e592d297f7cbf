import { createFunctionCallers } from '../../../../shared/clients/lambda/function-callers.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws> | undefined;
afterEach(() => aws?.stop());

const mapping = (resource: string) => ({ EventSourceArn: `arn:aws:sqs:us-east-1:123456789012:${resource}` });
const noPolicy = () => {
  throw awsError('ResourceNotFoundException', 'client', 404);
};
const policy = (service: string) => () => ({
  Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: service } }] }),
});
const queues = {
  GetQueueUrl: ({ QueueName }: Record<string, unknown>) => ({ QueueUrl: `https://queues/${QueueName}` }),
  GetQueueAttributes: () => ({ Attributes: { VisibilityTimeout: '90' } }),
};

describe('createFunctionCallers', () => {
  it('finds the queues of every page with the time that they hide a message', async () => {
    aws = fakeAws({
      ...queues,
      ListEventSourceMappings: ({ Marker }) =>
        Marker === undefined
          ? { EventSourceMappings: [mapping('one')], NextMarker: 'two' }
          : { EventSourceMappings: [mapping('two'), { EventSourceArn: 'arn:aws:kinesis:us-east-1:1:stream/s' }, {}] },
      GetPolicy: noPolicy,
    });
    expect(await createFunctionCallers().readCallers('orders-api')).toEqual({
      queues: [
        { name: 'one', visibilityTimeoutSeconds: 90 },
        { name: 'two', visibilityTimeoutSeconds: 90 },
      ],
      isCalledByApiGateway: false,
    });
  });

  it('asks about the alias that carries the traffic', async () => {
    aws = fakeAws({
      ListEventSourceMappings: () => ({ EventSourceMappings: [] }),
      GetPolicy: policy('apigateway.amazonaws.com'),
    });
    expect(await createFunctionCallers().readCallers('orders-api', 'live')).toEqual({
      queues: [],
      isCalledByApiGateway: true,
    });
    expect(aws.calls.map(({ input }) => input)).toEqual([
      { FunctionName: 'orders-api:live' },
      { FunctionName: 'orders-api', Qualifier: 'live' },
    ]);
  });

  it('finds nobody who calls a function that is gone, and waits before each call of the control plane', async () => {
    const waits: string[] = [];
    aws = fakeAws({ ListEventSourceMappings: noPolicy, GetPolicy: noPolicy });
    const callers = createFunctionCallers(async () => void waits.push(`${aws?.calls.length}`));
    expect(await callers.readCallers('gone')).toEqual({ queues: [], isCalledByApiGateway: false });
    expect(waits).toEqual(['0', '1']);
  });

  it('does not take other services for API Gateway', async () => {
    aws = fakeAws({
      ListEventSourceMappings: () => ({ EventSourceMappings: [] }),
      GetPolicy: policy('s3.amazonaws.com'),
    });
    expect(await createFunctionCallers().readCallers('orders-api')).toMatchObject({ isCalledByApiGateway: false });
  });

  it.each(['QueueDoesNotExist', 'AccessDenied'])('does not know what a queue does that answers %s', async (name) => {
    aws = fakeAws({
      ListEventSourceMappings: () => ({ EventSourceMappings: [mapping('theirs')] }),
      GetPolicy: noPolicy,
      GetQueueUrl: () => {
        throw awsError(name, 'client', 400);
      },
    });
    expect(await createFunctionCallers().readCallers('orders-api')).toMatchObject({
      queues: [{ name: 'theirs', visibilityTimeoutSeconds: undefined }],
    });
  });

  it('fails, to be tried again, where a queue could not be read for now', async () => {
    aws = fakeAws({
      ListEventSourceMappings: () => ({ EventSourceMappings: [mapping('busy')] }),
      GetQueueUrl: () => {
        throw awsError('ThrottlingException', 'client', 400);
      },
    });
    await expect(createFunctionCallers().readCallers('orders-api')).rejects.toMatchObject({ name: 'TransientFailure' });
  });
});
