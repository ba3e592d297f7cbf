import { Aws, Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  MathExpression,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE, METRICS } from '../../shared/cloudwatch-metrics/metric-catalogue.ts';
import { FULL, HEIGHT, THIRD } from './dashboard-grid.ts';
import { alarmsWidget, nightWidgets, savingsWidgets } from './own-widgets.ts';

export interface RightsizerDashboardProps {
  readonly dashboardName: string;
  /** The nightly workflow. */
  readonly night: StateMachine;
  /** Alarms on Rightsizer itself. */
  readonly alarms: readonly IAlarm[];
  /** Where operators read the runbook. */
  readonly runbookUrl: string;
  /** Namespace of the application's metrics. @default that of shared/cloudwatch-metrics */
  readonly applicationNamespace?: string;
  /** What `CostPerUserPerMonth` counts in. @default 'INR' */
  readonly currency?: string;
}

const PERIOD = Duration.minutes(5);
/** Lines of a graph by function: more cannot be told apart. */
const MOST_LINES = 10;

/**
 * The brief's key metrics, and what Rightsizer itself did. Graphs by function search for metrics by name, so that a
 * function that starts to report tomorrow is on it without a deployment.
 */
export class RightsizerDashboard extends Construct {
  readonly dashboard: Dashboard;
  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: RightsizerDashboardProps) {
    super(scope, id);
    this.namespace = props.applicationNamespace ?? DEFAULT_NAMESPACE;
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: props.dashboardName,
      defaultInterval: Duration.days(7),
      periodOverride: PeriodOverride.AUTO,
    });
    this.add(explanation(props.runbookUrl));
    this.add(heading('Application'), ...this.responseTimes());
    this.add(...this.errorsAndCache(), ...this.usersAndCost(props.currency ?? 'INR'));
    this.add(heading('Account'), ...accountWidgets());
    this.add(heading('Rightsizer'), ...savingsWidgets(props.night));
    this.add(...nightWidgets(props.night), alarmsWidget(props.alarms));
  }

  private add(...widgets: IWidget[]): void {
    this.dashboard.addWidgets(...widgets);
  }

  private responseTimes(): IWidget[] {
    const { name, dimensions } = METRICS.responseTime;
    const statistics = [
      ['average', 'Average'],
      ['p95', 'p95'],
      ['p99', 'p99'],
    ] as const;
    return statistics.map(
      ([label, statistic]) =>
        new GraphWidget({
          title: `Response time by function, ${label}`,
          width: THIRD,
          height: HEIGHT,
          left: [this.search(name, dimensions, statistic)],
          leftYAxis: { label: 'ms', min: 0, showUnits: false },
          leftAnnotations: [{ value: 3_000, label: 'target: below 3 s' }],
        }),
    );
  }

  private errorsAndCache(): IWidget[] {
    const { requestError, cacheHit } = METRICS;
    return [
      new GraphWidget({
        title: 'Error rate by function',
        width: THIRD,
        height: HEIGHT,
        left: [this.percent(requestError.name, requestError.dimensions)],
        leftYAxis: { label: '%', min: 0, showUnits: false },
        leftAnnotations: [{ value: 1, label: 'target: below 1 %' }],
      }),
      new GraphWidget({
        title: 'Cache hit rate by function',
        width: THIRD,
        height: HEIGHT,
        left: [this.percent(cacheHit.name, cacheHit.dimensions)],
        leftYAxis: { label: '%', min: 0, max: 100, showUnits: false },
        leftAnnotations: [{ value: 60, label: 'target: 60 %' }],
      }),
    ];
  }

  private usersAndCost(currency: string): IWidget[] {
    const { concurrentUsers, costPerUser } = METRICS;
    return [
      new GraphWidget({
        title: `Concurrent users, and cost per user and month (${currency})`,
        width: THIRD,
        height: HEIGHT,
        left: [this.search(concurrentUsers.name, concurrentUsers.dimensions, 'Maximum')],
        leftYAxis: { label: 'users', min: 0, showUnits: false },
        right: [this.search(costPerUser.name, costPerUser.dimensions, 'Average')],
        rightYAxis: { label: currency, min: 0, showUnits: false },
      }),
    ];
  }

  private search(metric: string, dimensions: readonly string[], statistic: string, label = ''): IMetric {
    return new MathExpression({
      expression: `SEARCH('{${[this.namespace, ...dimensions].map(quoted).join(',')}} MetricName="${metric}"', '${statistic}')`,
      usingMetrics: {},
      label,
      period: PERIOD,
    });
  }

  /** A metric of zeros and ones: its average is the share. */
  private percent(metric: string, dimensions: readonly string[]): IMetric {
    return new MathExpression({
      expression: `100 * SEARCH('{${[this.namespace, ...dimensions].map(quoted).join(',')}} MetricName="${metric}"', 'Average')`,
      usingMetrics: {},
      label: '',
      period: PERIOD,
    });
  }
}

/** Namespaces with a slash and names of dimensions stand in quotation marks in a search. */
const quoted = (word: string): string => (/^\w+$/.test(word) ? word : `"${word}"`);

const heading = (title: string): TextWidget => new TextWidget({ markdown: `## ${title}`, width: FULL, height: 1 });

/** For whoever opens the dashboard and knows none of it; a link only where the runbook has an address. */
function explanation(runbookUrl: string): TextWidget {
  const runbook = /^https:\/\//.test(runbookUrl) ? `[runbook](${runbookUrl})` : `runbook (\`${runbookUrl}\`)`;
  return new TextWidget({
    width: FULL,
    height: 5,
    markdown: [
      '# Rightsizer',
      'Every night the state machine measures each Lambda function, asks people by mail, changes memory or timeout where they said yes, **verifies it in production** and rolls back what got worse.',
      '- **Application**: what your code reports by `cloudwatch-metrics`; empty where nothing does. **Account**: what AWS reports of the worst functions and tables.',
      '- **Rightsizer**: *estimated* is promised, *realized* was measured after a change. A line of the calibration near 100 % means that promises are kept; proposals that expire mean that nobody reads the mail.',
      `- Something red? Each alarm is a heading of the ${runbook}. \`rightsizer doctor\` says what is wrong and what to do; \`rightsizer pending\` what waits; the report of a night is behind its mail's link.`,
      '- Stop everything: disable the schedule that the stack names in its output `ScheduleName`. Leave one function alone: tag it `rightsizer:exclude`.',
    ].join('\n'),
  });
}

function accountWidgets(): IWidget[] {
  return [
    insightsGraph('Lambda throttles, most throttled functions', 'AWS/Lambda', 'FunctionName', ['Throttles']),
    insightsGraph('DynamoDB throttles, most throttled tables', 'AWS/DynamoDB', 'TableName', [
      'ReadThrottleEvents',
      'WriteThrottleEvents',
    ]),
    insightsGraph('Lambda errors, functions with the most', 'AWS/Lambda', 'FunctionName', ['Errors']),
  ];
}

/** Metrics Insights ranks within the account, whatever its size; a graph costs nothing but the dashboard. */
function insightsGraph(title: string, namespace: string, dimension: string, metrics: readonly string[]): IWidget {
  return new GraphWidget({
    title,
    width: THIRD,
    height: HEIGHT,
    left: metrics.map(
      (metric) =>
        new MathExpression({
          expression: `SELECT SUM(${metric}) FROM SCHEMA("${namespace}", ${dimension}) GROUP BY ${dimension} ORDER BY SUM() DESC LIMIT ${MOST_LINES}`,
          usingMetrics: {},
          label: '',
          period: PERIOD,
          searchRegion: Aws.REGION,
        }),
    ),
    leftYAxis: { min: 0, showUnits: false },
  });
}
