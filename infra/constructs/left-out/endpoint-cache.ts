/**
 * Stands in for `@aws-sdk/endpoint-cache` in the bundles of tasks: DynamoDB's client makes one for endpoint discovery,
 * which none of its commands use today. It answers as an empty cache would, which is what it is while discovery is off
 * (`AWS_ENABLE_ENDPOINT_DISCOVERY`, a variable that no task has); discovery itself looks into it with `get`.
 */
export class EndpointCache {
  getEndpoint(): undefined {
    return undefined;
  }

  get(): never {
    throw new Error('endpoint discovery is left out of the bundles of tasks, see infra/constructs/left-out');
  }
}
