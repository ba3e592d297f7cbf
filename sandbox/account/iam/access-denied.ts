/** What services call a denial; the others say AccessDeniedException. */
const NAMES: Readonly<Record<string, string>> = {
  CloudWatch: 'AccessDenied',
  S3: 'AccessDenied',
  SNS: 'AuthorizationErrorException',
  SQS: 'AccessDenied',
};

/** A denial as the SDK would have deserialized it. */
export function accessDenied(service: string, principalName: string, action: string, resource: string): Error {
  const message = `User: ${principalName} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return Object.assign(new Error(message), {
    name: NAMES[service] ?? 'AccessDeniedException',
    $fault: 'client',
    $metadata: { httpStatusCode: 403 },
  });
}
