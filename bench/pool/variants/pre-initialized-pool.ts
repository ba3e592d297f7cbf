/** Our pool, lazy, and told what the handler surely needs: the connection is opened while the environment starts. */
import type { StudyQuery } from '../../../examples/process-request.ts';
import { getDynamoDBClient, withConnectionPool } from '../../../shared/connection-pool/index.ts';
import { answerQuestion } from './answer-question.ts';

export const handler = withConnectionPool((event: StudyQuery) => answerQuestion(event, getDynamoDBClient), {
  preInitialize: ['dynamodb'],
});
