/** No pool, written with care: only the SDK that the handler uses, its client made once while the module loads. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { StudyQuery } from '../../../examples/process-request.ts';
import { answerQuestion } from './answer-question.ts';

const dynamoDB = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = (event: StudyQuery) => answerQuestion(event, () => dynamoDB);
