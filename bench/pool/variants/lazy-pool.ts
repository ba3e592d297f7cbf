/** Our pool: the SDKs that this handler does not use are not in its bundle; the client is made by the first request. */
import type { StudyQuery } from '../../../examples/process-request.ts';
import { getDynamoDBClient, withConnectionPool } from '../../../shared/connection-pool/index.ts';
import { answerQuestion } from './answer-question.ts';

export const handler = withConnectionPool((event: StudyQuery) => answerQuestion(event, getDynamoDBClient));
