import type { AccountContext } from '../core/account-context.ts';
import type { Operation, Service } from '../core/operation.ts';
import { RateLimits } from '../core/rate-limits.ts';
import type { FunctionStore } from '../lambda/function-store.ts';
import { rateExceeded } from './errors.ts';
import { InsightsQueries } from './insights-queries.ts';
import { LogGroups } from './log-groups.ts';

/**
 * Calls a second by default.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
const RATES = {
  StartQuery: { perSecond: 5 },
  GetQueryResults: { perSecond: 5 },
  DescribeLogGroups: { perSecond: 10 },
} as const;

/** Log groups of the functions, and Logs Insights over their report lines. */
export class LogsService implements Service {
  readonly name = 'CloudWatchLogs';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly groups: LogGroups;
  readonly rates: RateLimits;

  constructor(context: AccountContext, functions: FunctionStore) {
    this.rates = new RateLimits(() => context.clock.now(), this.name, RATES, context.ratesLeft);
    this.groups = new LogGroups(context, functions);
    const queries = new InsightsQueries(context, this.groups);
    this.operations = {
      StartQuery: queries.start(),
      GetQueryResults: queries.results(),
      StopQuery: queries.stop(),
      DescribeLogGroups: this.groups.describe(),
    };
  }

  /** Days after which the group's lines are gone. */
  setRetention(logGroupName: string, days: number): void {
    this.groups.setRetention(logGroupName, days);
  }

  throttle(operation: string): void {
    if (!this.rates.tryTake(operation)) throw rateExceeded();
  }
}
