import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { processRequest, type StudyAnswer, type StudyQuery } from '../../../examples/process-request.ts';
import { trackResponseTime } from '../../../shared/cloudwatch-metrics/index.ts';

/** What the example does on a miss, the same for every variant: they differ in where the client comes from only. */
export async function answerQuestion(event: StudyQuery, dynamoDB: () => DynamoDBDocumentClient): Promise<StudyAnswer> {
  const startTime = Date.now();
  const answer = await processRequest(event, dynamoDB());
  await trackResponseTime({
    responseTime: Date.now() - startTime,
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
    statusCode: 200,
    cacheHit: false,
  });
  return answer;
}
