import { usd } from '../../shared/domain/approval/proposal/wording.ts';
import { billedMetricsOf, monthlyAlarmCost } from '../../shared/domain/configuration/alarms/alarm-cost.ts';
import { estimateNightUsage } from '../../shared/domain/pricing/estimate-night-usage.ts';
import { nightBill } from '../../shared/domain/pricing/night-bill.ts';
import { NIGHTS_PER_MONTH, STANDING_PRICES } from '../../shared/domain/pricing/service-prices.ts';
import { changesInWords } from './changes-in-words.ts';
import { resourcesOf, type Template } from './template.ts';

export interface Plan {
  /** Undefined where nobody asked AWS who is calling. */
  account: { accountId: string; region: string } | undefined;
  stackName: string;
  emails: readonly string[];
  /** Functions in the account and region, with the stack's own where it stands already; undefined with the account. */
  functionCount: number | undefined;
  template: Template;
}

/** What nights cost is told by an example where nobody counted. */
const EXAMPLE_FUNCTIONS = 1_000;

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
  const { account, stackName, emails, template } = plan;
  const where =
    account === undefined
      ? 'the account and region of your credentials'
      : `account ${account.accountId}, region ${account.region}`;
  return [
    `Rightsizer goes into ${where}, as stack ${stackName}.`,
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
  const billedMetrics = alarms.reduce((sum, { Properties }) => sum + billedMetricsOf(Properties), 0);
  const nightly = functionCount ?? EXAMPLE_FUNCTIONS;
  const dashboards = resourcesOf(template, 'AWS::CloudWatch::Dashboard').length;
  return [
    `${usd(monthlyAlarmCost(billedMetrics))} a month for ${alarms.length} alarms on itself (an account’s first ten metrics are free)`,
    ...(dashboards > 0
      ? [
          `${usd(dashboards * STANDING_PRICES.dashboards.usd * NIGHTS_PER_MONTH)} a month for the dashboard (an account’s first three are free)`,
        ]
      : []),
    `${usd(nightsUsdPerMonth(nightly))} a month for the nights of ${nightly} functions${functionCount === undefined ? ' (an example)' : ''}, log scans (logScanBudgetBytes) apart`,
  ];
}

/** As in the README's table, every twentieth function is changed; log scans have a budget of their own. */
function nightsUsdPerMonth(assessed: number): number {
  const usage = estimateNightUsage({ assessed, applied: assessed / 20, notApplied: 0, settled: 0, scannedBytes: 0 });
  return NIGHTS_PER_MONTH * nightBill(usage).usdPerNight;
}
