import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ExecutionStarter } from '../../../shared/clients/start-execution.ts';
import type { OperatorAnswer, OperatorSettings } from '../../../shared/contracts/operator.ts';
import { InvalidInputError } from '../../../shared/errors.ts';
import { planExecution } from './plan-execution.ts';

export interface OperateDependencies {
  settings: OperatorSettings;
  executions: ExecutionStarter;
}

/** Longest body: a thousand function names of 64 characters. */
const BODY_MAX_BYTES = 100_000;
/** Names of executions: letters, digits, hyphens and underscores, 80 at most. */
const IDEMPOTENCY_KEY = /^[\w-]{1,80}$/;

/**
 * Starts the workflow behind a route and answers 202 with its execution. API Gateway has checked the signature; here
 * the body is checked, and what policy forbids is turned into the ordinary way of asking people.
 */
export async function operate(
  event: APIGatewayProxyEventV2,
  { settings, executions }: OperateDependencies,
): Promise<APIGatewayProxyStructuredResultV2> {
  try {
    const planned = planExecution(event.routeKey, readBody(event), settings.mayAutoApply);
    const stateMachineArn = planned && settings.stateMachineArns[planned.target];
    if (planned === undefined || stateMachineArn === undefined)
      return answer(404, { message: `there is no route ${event.routeKey}` });
    const name = readIdempotencyKey(event);
    const started = await executions.start(stateMachineArn, planned.input, name);
    const { approval, message } = planned;
    const said: OperatorAnswer = { ...started, approval, message };
    return answer(202, said);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return answer(400, { message: error.message, problems: error.problems });
  }
}

function readBody({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): unknown {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  if (Buffer.byteLength(text) > BODY_MAX_BYTES) {
    throw new InvalidInputError('body', [`(whole input): at most ${BODY_MAX_BYTES} bytes, given ${text.length}`]);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError('body', ['(whole input): must be JSON']);
  }
}

function readIdempotencyKey({ headers }: APIGatewayProxyEventV2): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!IDEMPOTENCY_KEY.test(key)) {
    throw new InvalidInputError('header', [
      `idempotency-key: must match ${IDEMPOTENCY_KEY.source}, given ${key.slice(0, 80)}`,
    ]);
  }
  return key;
}

/** Problems quote what was given; whoever took the answer for a page would find no markup in it. */
const answer = (statusCode: number, body: object): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body: JSON.stringify(body).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
});
