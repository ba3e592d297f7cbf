import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import { PartitionThroughput } from '../../../../sandbox/account/dynamodb/partition-throughput.ts';

let nowMs = 0;
let throughput: PartitionThroughput;

beforeEach(() => {
  nowMs = 0;
  throughput = new PartitionThroughput(() => nowMs);
});

const consuming = (CapacityUnits: number) => async () => ({ ConsumedCapacity: { CapacityUnits } });
const write = (pk: string, units = 5) =>
  throughput.around('DynamoDB.PutItem', { TableName: 'ledger', Item: { pk: { S: pk } } }, consuming(units));
const query = (pk: string, units = 128) => {
  const condition = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: pk } } };
  return throughput.around('DynamoDB.Query', { TableName: 'ledger', ...condition }, consuming(units));
};

/** How many calls pass at one moment. */
async function passing(call: () => Promise<object>): Promise<number> {
  for (let passed = 0; ; passed += 1) {
    try {
      await call();
    } catch (error) {
      expect(error).toBeInstanceOf(ProvisionedThroughputExceededException);
      return passed;
    }
  }
}

it('lets 1,000 write units and 3,000 read units a second through for one partition key', async () => {
  expect(await passing(() => write('RUN#1'))).toBe(200);
  expect(await passing(() => query('RUN#1'))).toBe(24);
  nowMs += 500;
  expect(await passing(() => write('RUN#1'))).toBe(100);
});

it('charges a call for what it used, even beyond what was left', async () => {
  await query('RUN#1', 4_500);
  nowMs += 400;
  expect(await passing(() => query('RUN#1'))).toBe(0);
  nowMs += 200;
  expect(await passing(() => query('RUN#1'))).toBeGreaterThan(0);
});

it('gives other partitions their own, and never more than a second’s to one that rested', async () => {
  await passing(() => write('RUN#1'));
  expect(await passing(() => write('RUN#2'))).toBe(200);
  nowMs += 60_000;
  expect(await passing(() => write('RUN#1'))).toBe(200);
});

it('charges a failed condition as much as the item’s last write', async () => {
  await write('RUN#1', 400);
  const input = { TableName: 'ledger', Item: { pk: { S: 'RUN#1' } } };
  const failing = throughput.around('DynamoDB.PutItem', input, async () => {
    throw new Error('condition');
  });
  await expect(failing).rejects.toThrow('condition');
  expect(throughput.used.write).toBe(800);
});
