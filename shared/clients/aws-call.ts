import { InvalidConfigurationError, RightsizerError, TransientError } from '../errors.ts';

/**
 * Names AWS services give to "too many requests"; they differ by service and protocol.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const THROTTLING_NAMES = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottledException',
  'SlowDown',
  'Throttling',
  'ThrottledException',
  'ThrottlingException',
  'TooManyRequestsException',
]);
const DENIAL_NAMES = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'NotAuthorized',
  'UnauthorizedOperation',
]);
/** What Node and the SDK call a connection that failed or took too long. */
const NETWORK_NAMES = new Set([
  'TimeoutError',
  'NetworkingError',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
]);
/** What the SDK's parser says of an answer that was cut off on its way; the next one is whole. */
const CUT_OFF_NAMES = new Set(['SyntaxError']);

interface AwsError {
  name?: unknown;
  code?: unknown;
  $fault?: unknown;
  $metadata?: { httpStatusCode?: number };
}

const asAwsError = (error: unknown): AwsError => (typeof error === 'object' && error !== null ? error : {});

/** Whether the error bears one of the names, as an SDK exception or as a network error's code. */
export function isNamed(error: unknown, names: ReadonlySet<string> | readonly string[]): boolean {
  const known = new Set(names);
  const { name, code } = asAwsError(error);
  return known.has(String(name)) || known.has(String(code));
}

export const isThrottling = (error: unknown): boolean =>
  isNamed(error, THROTTLING_NAMES) || asAwsError(error).$metadata?.httpStatusCode === 429;

export const isDenied = (error: unknown): boolean => isNamed(error, DENIAL_NAMES);

function isTransient(error: unknown): boolean {
  const { $fault, $metadata } = asAwsError(error);
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    isThrottling(error) ||
    isNamed(error, NETWORK_NAMES) ||
    isNamed(error, CUT_OFF_NAMES) ||
    $fault === 'server' ||
    status >= 500
  );
}

/**
 * Runs one AWS call and gives its failure the name the workflow acts on. The SDK has retried by then, so what is still
 * throttled or broken becomes TransientError (Step Functions tries the task again); a denial becomes
 * InvalidConfigurationError naming the permission (`service:Action`), which no retry cures; anything else passes.
 */
export async function callAws<Output>(permission: string, call: () => Promise<Output>): Promise<Output> {
  try {
    return await call();
  } catch (error) {
    throw translate(permission, error);
  }
}

/**
 * The list of an answer, which AWS always sends, were it empty: one that is missing was lost on the way, and nothing may
 * be concluded from it (that there are no functions, no opt-outs, nobody who waits).
 *
 * @throws TransientError
 */
export function listOf<Item>(permission: string, list: readonly Item[] | undefined): readonly Item[] {
  if (list === undefined) throw new TransientError(`${permission} was answered without its list`);
  return list;
}

function translate(permission: string, error: unknown): unknown {
  if (error instanceof RightsizerError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isDenied(error)) {
    return new InvalidConfigurationError(
      `AWS denied ${permission}; grant it to the role or identity that called (${message})`,
      {
        cause: error,
      },
    );
  }
  if (isTransient(error)) {
    return new TransientError(`${permission} failed after the SDK's retries: ${message}`, { cause: error });
  }
  return error;
}
