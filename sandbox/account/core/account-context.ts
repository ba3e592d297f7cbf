import type { VirtualClock } from '../../clock/virtual-clock.ts';
import type { FunctionTelemetry } from '../telemetry.ts';
import type { IdSource } from './ids.ts';

/** What every service of one account shares. */
export interface AccountContext {
  readonly clock: VirtualClock;
  readonly region: string;
  readonly accountId: string;
  readonly ids: IdSource;
  /** Share of every documented rate that the account's other users leave. */
  readonly ratesLeft: number;
  /** What simulates the functions; answers nothing until a fleet is installed. */
  readonly telemetry: () => FunctionTelemetry;
}

/** An ARN in the account's region. */
export function arn(context: AccountContext, service: string, resource: string): string {
  return `arn:aws:${service}:${context.region}:${context.accountId}:${resource}`;
}
