import type { FunctionConfigurations } from '../../shared/clients/lambda/function-configuration.ts';
import type { FunctionConfiguration } from '../../shared/contracts/assessment.ts';
import type { LiveFunction, UpdateRefusal } from '../../shared/domain/night/change/live-function.ts';
import { liveFunction } from './builders.ts';

export interface FakeLambda extends FunctionConfigurations {
  live: LiveFunction | undefined;
  writes: { configuration: FunctionConfiguration; revisionId: string }[];
}

/** One function that takes a write and is updating for one read; `refusal` makes it refuse the next write. */
export function fakeLambda(
  initial: Partial<LiveFunction> | undefined = {},
  refusal?: { why: UpdateRefusal; message: string },
): FakeLambda {
  let revision = 1;
  const lambda: FakeLambda = {
    live: initial && liveFunction(initial),
    writes: [],
    read: async () => {
      const live = lambda.live;
      if (live && lambda.writes.length > 0 && live.lastUpdateStatus === 'InProgress') {
        lambda.live = { ...live, lastUpdateStatus: 'Successful' };
      }
      return live;
    },
    write: async (_, configuration, revisionId) => {
      if (refusal) return { written: false, ...refusal };
      if (revisionId !== lambda.live?.revisionId) return { written: false, why: 'RevisionMismatch', message: 'stale' };
      lambda.writes.push({ configuration, revisionId });
      revision += 1;
      lambda.live = {
        ...lambda.live,
        ...configuration,
        revisionId: `revision-${revision}`,
        lastUpdateStatus: 'InProgress',
      };
      return { written: true };
    },
  };
  return lambda;
}
