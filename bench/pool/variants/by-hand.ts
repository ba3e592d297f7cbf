/** As samples show it and most functions are written: a client of each SDK with its defaults, made while loading. */
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { StudyQuery } from '../../../examples/process-request.ts';
import { answerQuestion } from './answer-question.ts';

const dynamoDB = DynamoDBDocumentClient.from(new DynamoDBClient({}));
export const otherClients = { s3: new S3Client({}), bedrock: new BedrockRuntimeClient({}) };

export const handler = (event: StudyQuery) => answerQuestion(event, () => dynamoDB);
