import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createClient } from '../../shared/clients/sdk.ts';
import { metrics } from '../../shared/observability/metrics.ts';
import { taskHandler } from '../../shared/observability/task-handler.ts';

/** What every task loads at least: the logger, metrics and one client. Handlers are compared with it in the same run. */
const dynamoDb = createClient(DynamoDBClient);

export const handler = taskHandler(async () => {
  metrics.addMetric('Reference', 'Count', 1);
  return dynamoDb.send(new GetItemCommand({ TableName: 'reference', Key: { pk: { S: 'one' } } }));
});
