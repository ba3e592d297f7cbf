import {
  InvalidParameterValueException,
  PreconditionFailedException,
  ResourceConflictException,
  ResourceNotFoundException,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';

/** Lambda's exceptions as the SDK would have deserialized them. */
export function notFound(message: string): Error {
  return new ResourceNotFoundException({ message, Type: 'User', $metadata: { httpStatusCode: 404 } });
}

export function invalid(message: string): Error {
  return new InvalidParameterValueException({ message, Type: 'User', $metadata: { httpStatusCode: 400 } });
}

export function conflict(message: string): Error {
  return new ResourceConflictException({ message, Type: 'User', $metadata: { httpStatusCode: 409 } });
}

export function staleRevision(): Error {
  const message =
    'The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId';
  return new PreconditionFailedException({ message, Type: 'User', $metadata: { httpStatusCode: 412 } });
}

export function rateExceeded(): Error {
  return new TooManyRequestsException({
    message: 'Rate exceeded',
    Type: 'User',
    Reason: 'CallerRateLimitExceeded',
    $metadata: { httpStatusCode: 429 },
  });
}
