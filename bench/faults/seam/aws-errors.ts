import { InvalidParameterValueException, PreconditionFailedException } from '@aws-sdk/client-lambda';
import { accessDenied } from '../../../sandbox/account/iam/access-denied.ts';
import type { CallFault } from '../fault-kinds.ts';

/** What the services call too many requests; all others say ThrottlingException. */
const THROTTLED: Readonly<Record<string, readonly [name: string, status: number]>> = {
  ApplicationAutoScaling: ['LimitExceededException', 400],
  DynamoDB: ['ProvisionedThroughputExceededException', 400],
  Lambda: ['TooManyRequestsException', 429],
  S3: ['SlowDown', 503],
  SQS: ['RequestThrottled', 403],
};
const SERVER_ERRORS: readonly (readonly [name: string, status: number])[] = [
  ['InternalServerError', 500],
  ['ServiceUnavailable', 503],
  ['InternalFailure', 500],
];

/** An error as the SDK would have thrown it. */
export function awsError(kind: CallFault, call: string, variant: number): Error {
  const [service = ''] = call.split('.');
  switch (kind) {
    case 'throttling': {
      const [name, status] = THROTTLED[service] ?? ['ThrottlingException', 400];
      return failure(name, 'client', status, 'Rate exceeded');
    }
    case 'serverError': {
      const [name, status] = SERVER_ERRORS[variant % SERVER_ERRORS.length]!;
      return failure(name, 'server', status, 'We encountered an internal error. Please try again.');
    }
    case 'timeoutBefore':
    case 'timeoutAfter':
      return variant % 2 === 0 ? timedOut() : connectionLost();
    case 'accessDenied':
      return accessDenied(service, `User: somebody is not authorized to perform: ${call} (injected)`);
    case 'validationError':
      return service === 'Lambda'
        ? new InvalidParameterValueException({ message: 'injected', $metadata: { httpStatusCode: 400 } })
        : failure('ValidationException', 'client', 400, '1 validation error detected (injected)');
    case 'conditionalFailure':
      return new PreconditionFailedException({
        message: 'The RevisionId provided does not match the latest RevisionId.',
        $metadata: { httpStatusCode: 412 },
      });
    case 'malformedPage':
      return new SyntaxError('Unexpected end of JSON input');
    default:
      return failure('FluxCapacitorDepletedException', 'client', 400, 'injected');
  }
}

const failure = (name: string, $fault: 'client' | 'server', httpStatusCode: number, message: string): Error =>
  Object.assign(new Error(message), { name, $fault, $metadata: { httpStatusCode } });

const timedOut = (): Error => Object.assign(new Error('Request timed out after 15000 ms'), { name: 'TimeoutError' });
const connectionLost = (): Error => Object.assign(new Error('socket hang up'), { name: 'Error', code: 'ECONNRESET' });
