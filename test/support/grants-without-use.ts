/** Grants of any role that AWS itself uses, or that come in pairs; by pattern, with why they stay. */
const OF_ANY_ROLE: readonly (readonly [RegExp, string])[] = [
  [/^logs:(CreateLogStream|PutLogEvents) on log-group:/, 'Lambda writes the function’s log in its role’s name'],
  [/^xray:/, 'Lambda and Step Functions write traces in the role’s name'],
  [/^logs:.* on \*$/, 'Step Functions delivers its log in the role’s name'],
  [
    /^dynamodb:(GetItem|BatchGetItem|Query|PutItem|UpdateItem) on table\/LedgerTable$/,
    'A task may read the ledger, or read it and write some of its partitions; one verb less would keep nobody from either',
  ],
];

const MISSING_OBJECT = 'S3 answers "denied" instead of "missing" without it; no test loses an object';
const POLLED = 'Lambda polls the stream, and hands on what it cannot deliver, in the role’s name';
const MAPS = 'Step Functions runs, stops and redrives the children of its own maps; CDK grants it with every map';
const BOTH_NAMES = 'Scheduler calls the warmer by the name that the schedule has; CDK grants its versions along';
const ON_BEHALF = 'Application Auto Scaling asks it of whoever registers a target, to do it later in his place';
const ALIAS_OF_ALARM =
  'Leads an alias back whose new version alarms; executed by the unit tests of roll-back, no scenario has an alias';
const PROVISIONED = 'Raises provisioned concurrency once people said so; executed by the unit tests of remediate';

/** Grants that no executed test needs, by role, each with why it stays. */
const OF_ROLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TasksPrepareApprovals: { 's3:ListBucket on rightsizer-runsbucket': MISSING_OBJECT },
  TasksDeliverDecision: {
    'dynamodb:ListStreams on *': POLLED,
    'sqs:GetQueueAttributes on Rightsizer-DecisionsDeadLetters': POLLED,
    'sqs:GetQueueUrl on Rightsizer-DecisionsDeadLetters': POLLED,
    'states:SendTaskSuccess on stateMachine:NightStateMachine':
      'Whether AWS asks about the machine or about its map’s label is not documented for tokens of children',
    'states:StartExecution on stateMachine:FunctionAlarmsRemediationStateMachine':
      'Brings approvals to remediation; executed by test/workflow/remediation/ask-first.test.ts',
  },
  NightStateMachine: {
    's3:AbortMultipartUpload on rightsizer-runsbucket/*': MAPS,
    's3:ListMultipartUploadParts on rightsizer-runsbucket/*': MAPS,
    'states:DescribeExecution on execution:NightStateMachine:*': MAPS,
    'states:RedriveExecution on execution:NightStateMachine/*:*': MAPS,
    'states:StopExecution on execution:NightStateMachine:*': MAPS,
  },
  FunctionAlarmsTasksClassifyAlarm: {
    'sqs:GetQueueAttributes on *': 'Bounds a timeout by its queues; the night executes the same client',
    'sqs:GetQueueUrl on *': 'Bounds a timeout by its queues; the night executes the same client',
  },
  FunctionAlarmsTasksConfigureAlarms: {
    's3:GetObject on rightsizer-runsbucket/configuration/*':
      'Reads what the rounds before found out; executed by test/workflow/configuration/rounds.test.ts',
  },
  FunctionAlarmsTasksRemediate: {
    'application-autoscaling:RegisterScalableTarget on scalable-target/*':
      'Raises a scaled table’s maximum; executed by the unit tests of table-capacity',
    'lambda:GetAlias on function:*': ALIAS_OF_ALARM,
    'lambda:UpdateAlias on function:*': ALIAS_OF_ALARM,
    'lambda:GetProvisionedConcurrencyConfig on function:*': PROVISIONED,
    'lambda:PutProvisionedConcurrencyConfig on function:*': PROVISIONED,
    'sns:Publish on Rightsizer-AlarmMailsTopic':
      'Asks by mail where policy says so; executed by test/workflow/remediation/ask-first.test.ts',
  },
  FunctionAlarmsTasksVerifyAlarmCleared: {
    'cloudwatch:DescribeAlarmContributors on alarm:*':
      'Says whether an alarm still rings for one of its series; executed by the unit tests of alarm-store',
  },
  AccountConfigurationTasksConfigureAutoScaling: {
    'iam:CreateServiceLinkedRole on role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable':
      ON_BEHALF,
    'iam:CreateServiceLinkedRole on role/aws-service-role/lambda.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency':
      ON_BEHALF,
    'lambda:DeleteProvisionedConcurrencyConfig on function:*': ON_BEHALF,
  },
  AccountConfigurationTasksApplyColdStartMitigation: {
    'scheduler:UpdateSchedule on schedule/default/Rightsizer-warm-*':
      'Follows a warm-up interval that was configured anew; no test deploys twice with two intervals',
  },
  AccountConfigurationTasksWarmUp: {
    'lambda:InvokeFunction on function:*': 'Warms; executed by test/workflow/approval/access.test.ts',
  },
  AccountConfigurationTasksWarmUpSchedule: {
    'lambda:InvokeFunction on function:AccountConfigurationTasksWarmUp': BOTH_NAMES,
    'lambda:InvokeFunction on function:AccountConfigurationTasksWarmUp:*': BOTH_NAMES,
  },
};

/** What of the unused grants has no reason here, and which reasons no grant needs any more. */
export function withoutUse(unused: Readonly<Record<string, readonly string[]>>): {
  unexplained: string[];
  superfluous: string[];
} {
  const left = Object.entries(unused).flatMap(([role, grants]) =>
    grants.filter((grant) => !OF_ANY_ROLE.some(([pattern]) => pattern.test(grant))).map((grant) => `${role}: ${grant}`),
  );
  const explained = Object.entries(OF_ROLE)
    .filter(([role]) => role in unused)
    .flatMap(([role, reasons]) => Object.keys(reasons).map((grant) => `${role}: ${grant}`));
  return {
    unexplained: left.filter((each) => !explained.includes(each)),
    superfluous: explained.filter((each) => !left.includes(each)),
  };
}
