import { createRequire } from 'node:module';

/** What Node and jest see: the packages are read when the first client is made, not when the pool is imported. */
export function loadDynamoDB() {
  const load = createRequire(import.meta.url);
  const { DescribeEndpointsCommand, DynamoDBClient } = load(
    '@aws-sdk/client-dynamodb',
  ) as typeof import('@aws-sdk/client-dynamodb');
  const { DynamoDBDocumentClient } = load('@aws-sdk/lib-dynamodb') as typeof import('@aws-sdk/lib-dynamodb');
  return { DescribeEndpointsCommand, DynamoDBClient, DynamoDBDocumentClient };
}
