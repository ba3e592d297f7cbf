import {
  CloudWatchLogsServiceException,
  type DescribeLogGroupsCommandInput,
  type DescribeLogGroupsCommandOutput,
  type GetQueryResultsCommandInput,
  type GetQueryResultsCommandOutput,
  InvalidParameterException,
  LimitExceededException,
  type LogGroup,
  ResourceNotFoundException,
  type StartQueryCommandInput,
  type StartQueryCommandOutput,
  type StopQueryCommandInput,
  type StopQueryCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { type AccountContext, arn } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';
import { RateLimit } from '../core/rate-limit.ts';
import type { FunctionStore } from '../lambda/function-store.ts';
import type { FunctionLogs } from '../telemetry.ts';
import { checkQuery, type Evaluation, evaluateQuery } from './ql-evaluator.ts';
import { parseQuery } from './ql-parser.ts';
import { jsonReport, type LogLine, textReport } from './report-fields.ts';

/** "You can include up to 50 log groups" (StartQuery). */
const MOST_LOG_GROUPS = 50;
/** The long-standing quota; the 2026 API model says 100, which not every account has. */
const MOST_CONCURRENT_QUERIES = 30;
const MOST_RESULTS = 10_000;
const MOST_LOG_GROUPS_PER_PAGE = 50;
/** Start-up of a query, and how fast it scans: an assumption in the order of what the console shows. */
const QUERY_START_MS = 1_500;
const SCAN_BYTES_PER_MS = 2_000_000;
const CALLS_PER_SECOND: Readonly<Record<string, number>> = { StartQuery: 5, GetQueryResults: 5, DescribeLogGroups: 10 };
const DAY_MS = 86_400_000;

interface RunningQuery {
  readonly evaluation: Evaluation;
  readonly bytesScanned: number;
  readonly linesScanned: number;
  readonly logGroups: number;
  readonly doneAtMs: number;
  isCancelled: boolean;
}

/** Log groups of the functions, and Logs Insights over their report lines. */
export class LogsService implements Service {
  readonly name = 'CloudWatchLogs';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly context: AccountContext;
  private readonly functions: FunctionStore;
  private readonly queries = new Map<string, RunningQuery>();
  private readonly retentions = new Map<string, number>();
  private readonly rates: ReadonlyMap<string, RateLimit>;

  constructor(context: AccountContext, functions: FunctionStore) {
    this.context = context;
    this.functions = functions;
    const now = () => context.clock.now();
    this.rates = new Map(Object.entries(CALLS_PER_SECOND).map(([name, rate]) => [name, new RateLimit(now, rate)]));
    this.operations = {
      StartQuery: this.startQuery(),
      GetQueryResults: this.getQueryResults(),
      StopQuery: this.stopQuery(),
      DescribeLogGroups: this.describeLogGroups(),
    };
  }

  /** Days after which the group's lines are gone. */
  setRetention(logGroupName: string, days: number): void {
    this.retentions.set(logGroupName, days);
  }

  throttle(operation: string): void {
    const rate = this.rates.get(operation);
    if (!rate || rate.tryTake()) return;
    const message = 'Rate exceeded';
    throw new CloudWatchLogsServiceException({
      name: 'ThrottlingException',
      $fault: 'client',
      message,
      $metadata: { httpStatusCode: 400 },
    });
  }

  private startQuery(): Operation {
    return operation<StartQueryCommandInput, StartQueryCommandOutput>(
      [
        'queryLanguage',
        'logGroupName',
        'logGroupNames',
        'logGroupIdentifiers',
        'startTime',
        'endTime',
        'queryString',
        'limit',
      ],
      (input) => {
        if (input.queryLanguage !== undefined && input.queryLanguage !== 'CWLI')
          throw invalid(`queryLanguage ${input.queryLanguage} is not CWLI`);
        const groups = this.groupsOf(input);
        if (this.runningQueries() >= MOST_CONCURRENT_QUERIES) {
          throw new LimitExceededException({ message: 'LimitExceededException', $metadata: { httpStatusCode: 400 } });
        }
        const query = parseQuery(input.queryString!);
        checkQuery(query);
        if (!(input.startTime! < input.endTime!)) throw invalid('startTime must be before endTime');
        const logs = groups.flatMap(([group, names]) =>
          this.logsOf(group, names, input.startTime! * 1000, (input.endTime! + 1) * 1000),
        );
        const evaluation = evaluateQuery(
          query,
          logs.flatMap((log) => this.lines(log)),
          input.limit ?? MOST_RESULTS,
        );
        const bytesScanned = logs.reduce((sum, log) => sum + log.bytes, 0);
        const queryId = this.context.ids.uuid();
        this.queries.set(queryId, {
          evaluation,
          bytesScanned,
          linesScanned: logs.reduce((sum, log) => sum + log.lines, 0),
          logGroups: groups.length,
          doneAtMs: this.context.clock.now() + QUERY_START_MS + bytesScanned / SCAN_BYTES_PER_MS,
          isCancelled: false,
        });
        return { queryId };
      },
    );
  }

  /** The log groups asked for, with the functions that write to them. */
  private groupsOf(input: StartQueryCommandInput): (readonly [group: string, functions: readonly string[]])[] {
    const given = [input.logGroupName, input.logGroupNames, input.logGroupIdentifiers].filter(
      (part) => part !== undefined,
    );
    if (given.length !== 1)
      throw invalid('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified');
    const names = [given[0]!]
      .flat()
      .map((name) => name.replace(/^arn:[^:]+:logs:[^:]+:\d+:log-group:/, '').replace(/:\*$/, ''));
    if (names.length === 0 || names.length > MOST_LOG_GROUPS)
      throw invalid(`between 1 and ${MOST_LOG_GROUPS} log groups can be queried, got ${names.length}`);
    const known = this.logGroups();
    const missing = names.find((name) => !known.has(name));
    if (missing) throw notFound(`Log group '${missing}' does not exist for account ID '${this.context.accountId}'`);
    return [...new Set(names)].map((name) => [name, known.get(name)!] as const);
  }

  /** Functions by the log group that they write to. */
  private logGroups(): Map<string, string[]> {
    const groups = new Map<string, string[]>();
    for (const { name, configuration } of this.functions.all()) {
      const group = configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
      const names = groups.get(group);
      if (names) names.push(name);
      else groups.set(group, [name]);
    }
    return groups;
  }

  private logsOf(group: string, names: readonly string[], startMs: number, endMs: number): FunctionLogs[] {
    const kept = this.retentions.get(group);
    const from = kept === undefined ? startMs : Math.max(startMs, this.context.clock.now() - kept * DAY_MS);
    return names.map((name) => this.context.telemetry().logs(name, from, endMs)).filter((log) => log !== undefined);
  }

  private lines(log: FunctionLogs): LogLine[] {
    const name = `${this.context.accountId}:${log.logGroupName}`;
    return log.rows.map((row) => (log.format === 'JSON' ? jsonReport(name, row) : textReport(name, row)));
  }

  private runningQueries(): number {
    const now = this.context.clock.now();
    return [...this.queries.values()].filter((query) => !query.isCancelled && query.doneAtMs > now).length;
  }

  private getQueryResults(): Operation {
    return operation<GetQueryResultsCommandInput, GetQueryResultsCommandOutput>(['queryId'], (input) => {
      const query = this.find(input.queryId);
      if (query.isCancelled) return { status: 'Cancelled', results: [] };
      if (this.context.clock.now() < query.doneAtMs) {
        return {
          status: 'Running',
          results: [],
          statistics: { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 },
        };
      }
      const { rows, linesMatched } = query.evaluation;
      return {
        status: 'Complete',
        results: structuredClone(rows),
        statistics: {
          recordsMatched: linesMatched,
          recordsScanned: query.linesScanned,
          bytesScanned: query.bytesScanned,
          logGroupsScanned: query.logGroups,
        },
      };
    });
  }

  private stopQuery(): Operation {
    return operation<StopQueryCommandInput, StopQueryCommandOutput>(['queryId'], (input) => {
      const query = this.find(input.queryId);
      if (query.doneAtMs <= this.context.clock.now()) throw invalid(`Query ${input.queryId} has already ended`);
      query.isCancelled = true;
      return { success: true };
    });
  }

  private find(queryId: string | undefined): RunningQuery {
    const query = this.queries.get(queryId ?? '');
    if (!query) throw notFound(`The specified query does not exist: ${queryId}`);
    return query;
  }

  private describeLogGroups(): Operation {
    return operation<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput>(
      ['logGroupNamePrefix', 'logGroupNamePattern', 'nextToken', 'limit'],
      (input) => {
        if (input.logGroupNamePrefix && input.logGroupNamePattern)
          throw invalid('logGroupNamePrefix and logGroupNamePattern are mutually exclusive');
        const prefix = input.logGroupNamePrefix ?? '';
        const pattern = (input.logGroupNamePattern ?? '').toLowerCase();
        const wanted = sortByKey(this.logGroups(), ([name]) => name).filter(
          ([name]) => name.startsWith(prefix) && name.toLowerCase().includes(pattern),
        );
        const page = cutPage(
          wanted,
          ([name]) => name,
          Math.min(input.limit ?? MOST_LOG_GROUPS_PER_PAGE, MOST_LOG_GROUPS_PER_PAGE),
          input.nextToken,
        );
        if (!page) throw invalid('The specified nextToken is invalid.');
        return {
          logGroups: page.items.map(([name, functions]) => this.describe(name, functions)),
          nextToken: page.next,
        };
      },
    );
  }

  private describe(name: string, functions: readonly string[]): LogGroup {
    const days = this.retentions.get(name);
    return {
      logGroupName: name,
      arn: `${arn(this.context, 'logs', `log-group:${name}`)}:*`,
      logGroupArn: arn(this.context, 'logs', `log-group:${name}`),
      logGroupClass: 'STANDARD',
      metricFilterCount: 0,
      storedBytes: Math.round(this.storedBytes(functions, days)),
      ...(days === undefined ? {} : { retentionInDays: days }),
    };
  }

  /** Bytes of the last week, scaled to the time that lines are kept (a year at most). */
  private storedBytes(functions: readonly string[], retentionDays: number | undefined): number {
    const now = this.context.clock.now();
    const sampleDays = Math.min(7, retentionDays ?? 7);
    const sampled = functions.reduce(
      (sum, name) => sum + (this.context.telemetry().logs(name, now - sampleDays * DAY_MS, now)?.bytes ?? 0),
      0,
    );
    return (sampled / sampleDays) * Math.min(retentionDays ?? 365, 365);
  }
}

function invalid(message: string): Error {
  return new InvalidParameterException({ message, $metadata: { httpStatusCode: 400 } });
}

function notFound(message: string): Error {
  return new ResourceNotFoundException({ message, $metadata: { httpStatusCode: 400 } });
}
