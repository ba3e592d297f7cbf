/** No pool at all: three SDKs imported, and a client made by each request. */
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { StudyQuery } from '../../../examples/process-request.ts';
import { answerQuestion } from './answer-question.ts';

/** For the requests that need them, like this one needs DynamoDB; the first request needs neither. */
export const otherClients = { s3: () => new S3Client({}), bedrock: () => new BedrockRuntimeClient({}) };

export const handler = (event: StudyQuery) =>
  answerQuestion(event, () => DynamoDBDocumentClient.from(new DynamoDBClient({})));
