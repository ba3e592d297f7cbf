import {
  CloudWatchLogsServiceException,
  InvalidParameterException,
  LimitExceededException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';

/** CloudWatch Logs' exceptions as the SDK would have deserialized them; all of them are HTTP 400. */
const $metadata = { httpStatusCode: 400 };

export function invalid(message: string): Error {
  return new InvalidParameterException({ message, $metadata: { ...$metadata } });
}

export function notFound(message: string): Error {
  return new ResourceNotFoundException({ message, $metadata: { ...$metadata } });
}

export function tooManyQueries(): Error {
  return new LimitExceededException({
    message: 'Account maximum query concurrency limit reached.',
    $metadata: { ...$metadata },
  });
}

export function rateExceeded(): Error {
  const message = 'Rate exceeded';
  return new CloudWatchLogsServiceException({
    name: 'ThrottlingException',
    $fault: 'client',
    message,
    $metadata: { ...$metadata },
  });
}
