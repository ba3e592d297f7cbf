import type {
  GetQueryResultsCommandInput,
  GetQueryResultsCommandOutput,
  StartQueryCommandInput,
  StartQueryCommandOutput,
  StopQueryCommandInput,
  StopQueryCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AccountContext } from '../core/account-context.ts';
import { copy } from '../core/copy.ts';
import { type Operation, operation } from '../core/operation.ts';
import type { FunctionLogs } from '../telemetry.ts';
import { invalid, notFound, tooManyQueries } from './errors.ts';
import type { LogGroups } from './log-groups.ts';
import { checkQuery, type Evaluation, evaluateQuery } from './ql-evaluator.ts';
import { parseQuery } from './ql-parser.ts';
import { jsonReport, type LogLine, textReport } from './report-fields.ts';

/** "You can include up to 50 log groups" (StartQuery). */
const MOST_LOG_GROUPS = 50;
/** The long-standing quota; the 2026 API model says 100, which not every account has. */
const MOST_CONCURRENT_QUERIES = 30;
const MOST_RESULTS = 10_000;
/** Start-up of a query, and how fast it scans: an assumption in the order of what the console shows. */
const QUERY_START_MS = 1_500;
const SCAN_BYTES_PER_MS = 2_000_000;

interface RunningQuery {
  readonly evaluation: Evaluation;
  readonly bytesScanned: number;
  readonly linesScanned: number;
  readonly logGroups: number;
  readonly doneAtMs: number;
  isCancelled: boolean;
}

/** Logs Insights over report lines. A query is answered from what has arrived when it starts. */
export class InsightsQueries {
  private readonly context: AccountContext;
  private readonly groups: LogGroups;
  private readonly queries = new Map<string, RunningQuery>();

  constructor(context: AccountContext, groups: LogGroups) {
    this.context = context;
    this.groups = groups;
  }

  start(): Operation {
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
        const { queryLanguage = 'CWLI' } = input;
        if (queryLanguage !== 'CWLI') throw invalid(`queryLanguage ${queryLanguage} is not CWLI`);
        if (!(input.startTime! < input.endTime!)) throw invalid('startTime must be before endTime');
        const groups = this.groupsOf(input);
        if (this.running() >= MOST_CONCURRENT_QUERIES * this.context.ratesLeft) throw tooManyQueries();
        const queryId = this.context.ids.uuid();
        this.queries.set(queryId, this.evaluate(input, groups));
        return { queryId };
      },
    );
  }

  results(): Operation {
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
      const statistics = {
        recordsMatched: query.evaluation.linesMatched,
        recordsScanned: query.linesScanned,
        bytesScanned: query.bytesScanned,
        logGroupsScanned: query.logGroups,
      };
      return { status: 'Complete', results: copy(query.evaluation.rows), statistics };
    });
  }

  stop(): Operation {
    return operation<StopQueryCommandInput, StopQueryCommandOutput>(['queryId'], (input) => {
      const query = this.find(input.queryId);
      if (query.doneAtMs <= this.context.clock.now()) throw invalid(`Query ${input.queryId} has already ended`);
      query.isCancelled = true;
      return { success: true };
    });
  }

  private groupsOf(input: StartQueryCommandInput): string[] {
    const given = [input.logGroupName, input.logGroupNames, input.logGroupIdentifiers].filter(
      (part) => part !== undefined,
    );
    if (given.length !== 1) {
      throw invalid('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified');
    }
    const names = [given[0]!].flat().map(groupName);
    if (names.length === 0 || names.length > MOST_LOG_GROUPS) {
      throw invalid(`between 1 and ${MOST_LOG_GROUPS} log groups can be queried, got ${names.length}`);
    }
    const missing = names.find((name) => !this.groups.all().has(name));
    if (missing) throw notFound(`Log group '${missing}' does not exist for account ID '${this.context.accountId}'`);
    return [...new Set(names)];
  }

  private evaluate(input: StartQueryCommandInput, groups: readonly string[]): RunningQuery {
    const query = parseQuery(input.queryString!);
    checkQuery(query);
    // The API counts in seconds and includes the last one.
    const logs = groups.flatMap((group) =>
      this.groups.read(group, input.startTime! * 1000, (input.endTime! + 1) * 1000),
    );
    const bytesScanned = logs.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      evaluation: evaluateQuery(
        query,
        logs.flatMap((log) => this.lines(log)),
        input.limit ?? MOST_RESULTS,
      ),
      bytesScanned,
      linesScanned: logs.reduce((sum, { lines }) => sum + lines, 0),
      logGroups: groups.length,
      doneAtMs: this.context.clock.now() + QUERY_START_MS + bytesScanned / SCAN_BYTES_PER_MS,
      isCancelled: false,
    };
  }

  private lines(log: FunctionLogs): LogLine[] {
    const name = `${this.context.accountId}:${log.logGroupName}`;
    return log.rows.map((row) => (log.format === 'JSON' ? jsonReport(name, row) : textReport(name, row)));
  }

  private running(): number {
    const now = this.context.clock.now();
    return [...this.queries.values()].filter(({ isCancelled, doneAtMs }) => !isCancelled && doneAtMs > now).length;
  }

  private find(queryId: string | undefined): RunningQuery {
    const query = this.queries.get(queryId ?? '');
    if (!query) throw notFound(`The specified query does not exist: ${queryId}`);
    return query;
  }
}

/** Groups may be named by ARN. */
function groupName(identifier: string): string {
  return identifier.replace(/^arn:[^:]+:logs:[^:]+:\d+:log-group:/, '').replace(/:\*$/, '');
}
