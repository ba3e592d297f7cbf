import {
  CloudWatchServiceException,
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  ResourceNotFound,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch';

/** CloudWatch's exceptions as the SDK would have deserialized them. */
export function invalidValue(message: string): Error {
  return new InvalidParameterValueException({ message, $metadata: { httpStatusCode: 400 } });
}

export function invalidCombination(message: string): Error {
  return new InvalidParameterCombinationException({ message, $metadata: { httpStatusCode: 400 } });
}

/** Not modelled in the SDK, so that callers meet it by name only. */
export function validationError(message: string): Error {
  return new CloudWatchServiceException({
    name: 'ValidationError',
    $fault: 'client',
    message,
    $metadata: { httpStatusCode: 400 },
  });
}

export function rateExceeded(): Error {
  const message = 'Rate exceeded';
  return new CloudWatchServiceException({
    name: 'Throttling',
    $fault: 'client',
    message,
    $metadata: { httpStatusCode: 400 },
  });
}

export function alarmNotFound(): Error {
  return new ResourceNotFound({ message: 'Unknown', $metadata: { httpStatusCode: 404 } });
}

/** What the newer operations raise; the older ones raise ResourceNotFound. */
export function resourceNotFound(message: string): Error {
  return new ResourceNotFoundException({
    message,
    ResourceType: 'Alarm',
    ResourceId: message,
    $metadata: { httpStatusCode: 404 },
  });
}
