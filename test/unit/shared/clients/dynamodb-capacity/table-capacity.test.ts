import { createTableCapacity } from '../../../../../shared/clients/dynamodb-capacity/table-capacity.ts';
import { awsError, fakeAws } from '../fake-aws.ts';

const PROVISIONED = {
  Table: { TableStatus: 'ACTIVE', ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 9 } },
};
const ON_DEMAND = { Table: { TableStatus: 'ACTIVE', BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } } };
const targets = {
  ScalableTargets: [{ ScalableDimension: 'dynamodb:table:WriteCapacityUnits', MinCapacity: 5, MaxCapacity: 40 }],
};

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

describe('createTableCapacity', () => {
  it('reads a table’s units and the limits of its scaling', async () => {
    aws = fakeAws({ DescribeTable: () => PROVISIONED, DescribeScalableTargets: () => targets });
    expect(await createTableCapacity().read('sessions')).toEqual({
      billingMode: 'PROVISIONED',
      status: 'ACTIVE',
      readUnits: 5,
      writeUnits: 9,
      readScaling: undefined,
      writeScaling: { minimum: 5, maximum: 40 },
    });
  });

  it('does not ask for the scaling of a table on demand, and knows of none that is gone', async () => {
    aws = fakeAws({ DescribeTable: () => ON_DEMAND });
    expect(await createTableCapacity().read('sessions')).toMatchObject({ billingMode: 'PAY_PER_REQUEST' });
    aws.stop();
    aws = fakeAws({
      DescribeTable: () => {
        throw awsError('ResourceNotFoundException');
      },
    });
    expect(await createTableCapacity().read('sessions')).toBeUndefined();
  });

  it('raises one dimension’s maximum and nothing else', async () => {
    aws = fakeAws({ RegisterScalableTarget: () => ({}) });
    expect(await createTableCapacity().writeMaximum('sessions', 'write', 60)).toEqual({ written: true });
    expect(aws.calls[0]?.input).toEqual({
      ServiceNamespace: 'dynamodb',
      ResourceId: 'table/sessions',
      ScalableDimension: 'dynamodb:table:WriteCapacityUnits',
      MaxCapacity: 60,
    });
  });

  it.each(['ResourceInUseException', 'LimitExceededException', 'ValidationException'])(
    'takes %s for a refusal',
    async (name) => {
      aws = fakeAws({
        UpdateTable: () => {
          throw awsError(name);
        },
      });
      const result = await createTableCapacity().writeUnits('sessions', { readUnits: 1, writeUnits: 1 });
      expect(result).toEqual({ written: false, reason: expect.stringContaining('AWS refused') });
    },
  );

  it('asks for another try where DynamoDB is in trouble', async () => {
    aws = fakeAws({
      UpdateTable: () => {
        throw awsError('InternalServerError', 'server', 500);
      },
    });
    const write = createTableCapacity().writeUnits('sessions', { readUnits: 1, writeUnits: 1 });
    await expect(write).rejects.toMatchObject({ name: 'TransientFailure' });
  });
});
