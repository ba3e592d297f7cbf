import { usd } from '../../shared/domain/approval/proposal/wording.ts';
import { monthlyAlarmCost } from '../../shared/domain/configuration/alarms/alarm-cost.ts';
import { changesInWords } from './changes-in-words.ts';
import { resourcesOf, type Template } from './template.ts';

export interface Plan {
  accountId: string;
  region: string;
  stackName: string;
  emails: readonly string[];
  /** Functions in the account and region, with the stack's own where it stands already. */
  functionCount: number;
  template: Template;
}

/** CloudWatch: a dashboard of more than 50 metrics, USD a month (2026-09; the first three of an account are free). */
const DASHBOARD_USD_PER_MONTH = 3;
/**
 * USD a function a month for its nights: 12 Standard transitions a night at $25 a million, and nine metrics at $0.01 a
 * thousand (Step Functions and CloudWatch, us-east-1, 2026-09). Tasks, logs and the ledger are cents at any size.
 */
const NIGHTS_USD_PER_FUNCTION_MONTH = 30 * (12 * 25e-6 + 9 * 1e-5);

const COUNTED: readonly [type: string, word: string][] = [
  ['AWS::Lambda::Function', 'Lambda functions'],
  ['AWS::StepFunctions::StateMachine', 'state machines'],
  ['AWS::Scheduler::Schedule', 'schedule'],
  ['AWS::ApiGatewayV2::Api', 'HTTP API for the approval page'],
  ['AWS::DynamoDB::Table', 'DynamoDB table'],
  ['AWS::S3::Bucket', 'S3 bucket'],
  ['AWS::SNS::Topic', 'SNS topics'],
  ['AWS::SQS::Queue', 'queues for what could not be delivered'],
  ['AWS::CloudWatch::Alarm', 'alarms'],
  ['AWS::CloudWatch::Dashboard', 'dashboard'],
  ['AWS::IAM::Role', 'roles'],
];

/** One screen: what will be created, what it costs a month, what it may change. */
export function planInWords(plan: Plan): string {
  const { accountId, region, stackName, emails, template } = plan;
  return [
    `Rightsizer goes into account ${accountId}, region ${region}, as stack ${stackName}.`,
    '',
    'It creates',
    `  ${countsOf(template).join(', ')}`,
    '',
    'It costs, about',
    ...costsOf(plan).map((line) => `  ${line}`),
    '',
    'It may change, and nothing of what is tagged rightsizer:exclude',
    ...changesInWords(template).map((line) => `  ${line}`),
    '  Sizes only after somebody approved them, or by rules you configure. What alarms may do by themselves is in',
    '  docs/configuration.md under remediation; the account’s alarms are made after the first night.',
    '',
    `Digests and alarms go to ${emails.length > 0 ? emails.join(', ') : 'nobody: give --email, or every proposal expires'}.`,
  ].join('\n');
}

const countsOf = (template: Template): string[] =>
  COUNTED.map(([type, word]) => [resourcesOf(template, type).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`);

function costsOf({ template, functionCount }: Plan): string[] {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
  const billedMetrics = alarms.reduce((sum, { Properties }) => sum + metricsOf(Properties), 0);
  const dashboards = resourcesOf(template, 'AWS::CloudWatch::Dashboard').length;
  return [
    `${usd(monthlyAlarmCost(billedMetrics))} a month for ${alarms.length} alarms on itself (an account’s first ten metrics are free)`,
    ...(dashboards > 0
      ? [`${usd(dashboards * DASHBOARD_USD_PER_MONTH)} a month for the dashboard (an account’s first three are free)`]
      : []),
    `${usd(functionCount * NIGHTS_USD_PER_FUNCTION_MONTH)} a month for the nights of ${functionCount} functions`,
  ];
}

/** An alarm is billed for each metric that it names. */
function metricsOf(properties: { Metrics?: { MetricStat?: unknown }[] }): number {
  return properties.Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}
