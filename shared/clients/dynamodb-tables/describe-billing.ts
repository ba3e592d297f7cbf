import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callAws, isNamed } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** How a table is billed; undefined when there is no such table. */
export async function describeBilling(TableName: string): Promise<'PROVISIONED' | 'PAY_PER_REQUEST' | undefined> {
  const dynamodb = createClient(DynamoDBClient);
  try {
    const { Table } = await callAws('dynamodb:DescribeTable', () =>
      dynamodb.send(new DescribeTableCommand({ TableName })),
    );
    return Table?.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  } catch (error) {
    if (isNamed(error, ['ResourceNotFoundException'])) return undefined;
    throw error;
  }
}
