/**
 * The brief's example as one would write it today: the connection is open before the first request, questions asked
 * at the same time are answered once, and a malformed event is refused by name. Deployed by the sample stack.
 */
import { trackResponseTime } from '../../shared/cloudwatch-metrics/index.ts';
import {
  generateCacheKey,
  getDynamoDBClient,
  getOrComputeResponse,
  withConnectionPool,
} from '../../shared/connection-pool/index.ts';
import { readEnvironment } from '../../shared/env.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import { processRequest, type StudyAnswer, type StudyQuery } from '../process-request.ts';

const { AWS_LAMBDA_FUNCTION_NAME: functionName } = readEnvironment(['AWS_LAMBDA_FUNCTION_NAME', 'NOTES_TABLE_NAME']);

/** Notes change a few times a term; a day-old answer is as good as a fresh one. */
const ANSWER_TTL_SECONDS = 86_400;
/** On-demand read of a note of up to 8 KB, eventually consistent (us-east-1, 2026-09: $0.125 a million read units). */
const NOTE_READ_USD = 0.125e-6;

export const handler = withConnectionPool<unknown, StudyAnswer>(
  async (event) => {
    const startTime = Date.now();
    const outcome: { statusCode: number; cacheHit?: boolean; cost?: number; errorType?: string } = { statusCode: 500 };
    try {
      const question = parseQuery(event);
      Object.assign(outcome, { cacheHit: true, cost: 0 });
      const answer = await getOrComputeResponse(generateCacheKey('query', question), ANSWER_TTL_SECONDS, () => {
        Object.assign(outcome, { cacheHit: false, cost: NOTE_READ_USD });
        return processRequest(question, getDynamoDBClient());
      });
      outcome.statusCode = 200;
      return answer;
    } catch (error) {
      outcome.errorType = error instanceof Error ? error.name : 'Unknown';
      throw error;
    } finally {
      await trackResponseTime({ responseTime: Date.now() - startTime, functionName, ...outcome });
    }
  },
  { preInitialize: ['dynamodb'] },
);

function parseQuery(event: unknown): StudyQuery {
  const { userId, query } = (event ?? {}) as Record<string, unknown>;
  const problems = Object.entries({ userId, query })
    .filter(([, value]) => typeof value !== 'string' || value === '')
    .map(([name, value]) => `${name} must be a text, got ${JSON.stringify(value)}`);
  if (problems.length > 0) throw new InvalidInputError('question', problems);
  return { userId: userId as string, query: query as string };
}
