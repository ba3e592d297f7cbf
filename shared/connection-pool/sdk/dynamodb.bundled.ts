import { DescribeEndpointsCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What bundlers see (condition `module`): static imports, which they can shake down to the classes named. */
export const loadDynamoDB = () => ({ DescribeEndpointsCommand, DynamoDBClient, DynamoDBDocumentClient });
