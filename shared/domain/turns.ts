import { AwsRate } from '../aws-rates.ts';
import type { ChangeTarget } from '../contracts/assessment.ts';

/** Who changes functions. Each has a lane of turns of its own, so that an incident never waits behind approvals. */
export type Lane = 'night' | 'remediation';

/**
 * What each lane has of our share of Lambda's calls. A quarter is more than remediation's budgets need (at most 40
 * writes of functions a day by default), and a lane that is idle lends nothing: both at full pace still keep the share.
 */
const LANE_SHARES: Readonly<Record<Lane, number>> = { night: 0.75, remediation: 0.25 };

/** UpdateFunctionConfiguration; looking whether it was taken up is GetFunction's, which has a pool of its own. */
const CALLS_OF_LATEST = 1;
/** GetAlias, UpdateFunctionConfiguration, PublishVersion and UpdateAlias. */
const CALLS_OF_SHIFT = 4;

export interface TurnPace {
  lane: Lane;
  /** Set where the change is published and shifted; absent where `$LATEST` is changed. */
  target?: ChangeTarget | undefined;
  /** Share of Lambda's 15 control-plane calls a second that changes may use, 0 to 1. */
  controlPlaneShare: number;
}

/** How long the lane stays with one change, in whole ms: as long as the calls it makes of the shared pool. */
export function turnLengthMs({ lane, target, controlPlaneShare }: TurnPace): number {
  const calls = target === undefined ? CALLS_OF_LATEST : CALLS_OF_SHIFT;
  return Math.ceil((calls * 1000) / (AwsRate.lambdaControlPlane * controlPlaneShare * LANE_SHARES[lane]));
}
