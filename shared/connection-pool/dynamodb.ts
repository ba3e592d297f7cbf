import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient, TranslateConfig } from '@aws-sdk/lib-dynamodb';
import { loadDynamoDB } from '#sdk/dynamodb';
import { openConnection } from './open-connection.ts';
import { getPooledClient } from './pooled-client.ts';
import { registerPooledService } from './pooled-services.ts';

/** Optional attributes are left out of an item rather than refused, and class instances are stored as maps. */
const TRANSLATION: TranslateConfig = {
  marshallOptions: { removeUndefinedValues: true, convertClassInstanceToMap: true },
};

const documents = new WeakMap<object, DynamoDBDocumentClient>();

/** The pooled DynamoDB document client. Same `overrides`, same client; the SDK is loaded by the first call. */
export function getDynamoDBClient(overrides: Partial<DynamoDBClientConfig> = {}): DynamoDBDocumentClient {
  const { DynamoDBClient, DynamoDBDocumentClient } = loadDynamoDB();
  const client = getPooledClient(DynamoDBClient, overrides);
  const document = documents.get(client) ?? DynamoDBDocumentClient.from(client, TRANSLATION);
  documents.set(client, document);
  return document;
}

registerPooledService('dynamodb', async () => {
  const { DescribeEndpointsCommand, DynamoDBClient } = loadDynamoDB();
  getDynamoDBClient();
  await openConnection(getPooledClient(DynamoDBClient), new DescribeEndpointsCommand({}));
});
