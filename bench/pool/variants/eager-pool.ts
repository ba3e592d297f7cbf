/** Our pool without its laziness: all three clients asked for while the module loads. */
import type { StudyQuery } from '../../../examples/process-request.ts';
import {
  getBedrockClient,
  getDynamoDBClient,
  getS3Client,
  withConnectionPool,
} from '../../../shared/connection-pool/index.ts';
import { answerQuestion } from './answer-question.ts';

getDynamoDBClient();
export const otherClients = { s3: getS3Client(), bedrock: getBedrockClient() };

export const handler = withConnectionPool((event: StudyQuery) => answerQuestion(event, getDynamoDBClient));
