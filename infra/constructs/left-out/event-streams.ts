/**
 * Stands in for `@smithy/core/event-streams` in the bundles of tasks: clients that have operations with event streams
 * (S3, Lambda, CloudWatch Logs) bring it and half of the SDK's core along, 34 KiB, whether or not one is called. No task
 * calls one.
 */
function refuse(): never {
  throw new Error('event streams are left out of the bundles of tasks, see infra/constructs/left-out');
}

export const eventStreamSerdeProvider = refuse;

/** Without a marshaller, which only event streams ask for. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export class EventStreamSerde {
  constructor() {
    refuse();
  }
}
