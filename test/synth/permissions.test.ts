import { bundleTasks } from '../../infra/constructs/task-code.ts';
import { type AnyTaskName, EXCLUDE_TAG, TASKS, type TaskName } from '../../shared/constants.ts';
import { DEPLOYED_TASKS, type Statement, synthesize, text } from './template.ts';

const template = synthesize();
const bundles = bundleTasks();

/** The SDK's client packages that IAM calls otherwise. */
const IAM_PREFIX: Record<string, string> = {
  'cloudwatch-logs': 'logs',
  eventbridge: 'events',
  'resource-groups-tagging-api': 'tag',
  'secrets-manager': 'secretsmanager',
  sesv2: 'ses',
  sfn: 'states',
};

/** Operations that IAM calls otherwise. */
const IAM_ACTION: Record<string, string> = { ListObjectsV2: 'ListBucket' };

/** What a task's bundled code can ask of AWS at all, as IAM actions; the rest of the SDK is shaken off. */
function callsIn(task: TaskName): string[] {
  const calls = bundles.get(task)!.modules.flatMap((module) => {
    const match = /client-([^/]+)\/dist-es\/commands\/(\w+)Command\.js$/.exec(module);
    return match ? [`${IAM_PREFIX[match[1]!] ?? match[1]}:${IAM_ACTION[match[2]!] ?? match[2]}`] : [];
  });
  return calls.filter((call) => !INSIDE_THE_SDK.includes(call));
}

/** Commands that the SDK's own modules carry along; nobody calls them. */
const INSIDE_THE_SDK = ['s3:CreateSession', 'dynamodb:DescribeEndpoints', 'dynamodb:Scan'];

/** Actions that no SDK command of ours stands for. */
const WITHOUT_A_COMMAND: Record<string, string> = {
  'logs:CreateLogStream': 'Lambda writes the function’s log',
  'logs:PutLogEvents': 'Lambda writes the function’s log',
  'xray:PutTraceSegments': 'Lambda traces the function',
  'xray:PutTelemetryRecords': 'Lambda traces the function',
  's3:ListBucket': 'S3 answers "denied" for a missing object without it',
  'dynamodb:DescribeStream': 'Lambda polls the stream',
  'dynamodb:GetRecords': 'Lambda polls the stream',
  'dynamodb:GetShardIterator': 'Lambda polls the stream',
  'dynamodb:ListStreams': 'Lambda polls the stream',
  'sqs:SendMessage': 'Lambda hands undeliverable records to the queue',
  'sqs:GetQueueAttributes': 'Lambda hands undeliverable records to the queue',
  'sqs:GetQueueUrl': 'Lambda hands undeliverable records to the queue',
};

/** Compute Optimizer asks of its caller what it reads on his behalf. */
const COMPUTE_OPTIMIZER_NEEDS = ['lambda:ListFunctions', 'lambda:ListProvisionedConcurrencyConfigs'];

/** Operations of a client that a task carries in its bundle beside those it calls. */
const NEVER_CALLED: Partial<Record<TaskName, readonly string[]>> = {
  'start-run': ['states:SendTaskSuccess'],
  'deliver-decision': ['states:DescribeExecution'],
  'prepare-approvals': ['lambda:UpdateFunctionConfiguration'],
  'verify-change': ['lambda:UpdateFunctionConfiguration'],
  'list-open-changes': ['s3:GetObject', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
};

describe.each(TASKS)('%s', (task) => {
  it('may do everything that its code asks of AWS', () => {
    const never = NEVER_CALLED[task] ?? [];
    const denied = callsIn(task).filter((call) => !never.includes(call) && !template.actionsOf(task).includes(call));
    expect(denied).toEqual([]);
  });

  it('may do nothing that its code cannot ask', () => {
    const supporting = task === 'collect-memory-evidence' ? COMPUTE_OPTIMIZER_NEEDS : [];
    const reasons = [...callsIn(task), ...Object.keys(WITHOUT_A_COMMAND), ...supporting];
    expect(template.actionsOf(task).filter((action) => !reasons.includes(action))).toEqual([]);
  });

  it('may not do what its bundle carries but never calls', () => {
    const never = NEVER_CALLED[task] ?? [];
    expect(never.filter((call) => template.actionsOf(task).includes(call))).toEqual([]);
    expect(never.filter((call) => !callsIn(task).includes(call))).toEqual([]);
  });
});

describe('changing a function', () => {
  const UPDATE = 'lambda:UpdateFunctionConfiguration';

  // Remediate raises what an alarm says is too little, and leads an alias back from one of our changes.
  it.each([
    [UPDATE, ['apply-change', 'roll-back-change', 'remediate']],
    ['lambda:PublishVersion', ['apply-change']],
    ['lambda:UpdateAlias', ['apply-change', 'finish-shift', 'roll-back-change', 'remediate']],
    ['lambda:UpdateFunctionCode', []],
    ['lambda:DeleteFunction', []],
  ])('by %s is granted to %j alone', (action, allowed) => {
    expect(DEPLOYED_TASKS.filter((task) => template.actionsOf(task).includes(action))).toEqual(allowed);
  });

  it('by these is all that a night may do to a customer’s function', () => {
    const READING = /^lambda:(Get|List)/;
    const actions = TASKS.flatMap((task) => template.actionsOf(task));
    const others = actions.filter(
      (action) => action.startsWith('lambda:') && !READING.test(action) && action !== 'lambda:InvokeFunction',
    );
    expect(new Set(others)).toEqual(new Set([UPDATE, 'lambda:PublishVersion', 'lambda:UpdateAlias']));
  });

  it('is limited to functions of the account and region', () => {
    for (const statement of [...allowing('apply-change', UPDATE), ...allowing('remediate', UPDATE)]) {
      expect(statement.Resource.map(text)).toEqual([
        'arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:*',
      ]);
    }
  });

  it.each([
    ['apply-change', ['lambda:PublishVersion', 'lambda:UpdateAlias', UPDATE]],
    ['finish-shift', ['lambda:UpdateAlias']],
    [
      'remediate',
      ['lambda:PutFunctionConcurrency', 'lambda:PutProvisionedConcurrencyConfig', 'lambda:UpdateAlias', UPDATE],
    ],
  ] as const)('is refused by IAM to %s where the function carries the opt-out tag', (task, actions) => {
    expect(template.statementsOf(task).filter(({ Effect: effect }) => effect === 'Deny')).toEqual([
      expect.objectContaining({
        Action: actions,
        Condition: {
          Null: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
          StringNotEqualsIgnoreCase: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
        },
      }),
    ]);
  });
});

describe('writing the ledger', () => {
  it.each([
    ['serve-page', ['RUN#*']],
    ['deliver-decision', ['RUN#*', 'TURNS#*', 'REMEDIATION#*']],
    ['request-approval', ['RUN#*']],
    ['expire-proposal', ['RUN#*', 'TURNS#*']],
  ] as const)('is limited for %s to %j', (task, partitions) => {
    const conditions = allowing(task, 'dynamodb:UpdateItem').map(({ Condition: condition }) => condition);
    expect(conditions).toEqual([{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } }]);
  });

  it('never deletes, nor scans', () => {
    const actions = template.allStatements().flatMap(({ statement }) => statement.Action);
    expect(actions.filter((action) => /^dynamodb:(Delete|Batch(?!Get)|Scan|PartiQL)/.test(action))).toEqual([]);
  });
});

it('attaches no managed policies, which grant more than we read', () => {
  const managed = template
    .ofType('AWS::IAM::Role')
    .filter(([, role]) => role.Properties.ManagedPolicyArns !== undefined);
  expect(managed).toEqual([]);
});

function allowing(task: AnyTaskName, action: string): Statement[] {
  return template
    .statementsOf(task)
    .filter((statement) => statement.Effect === 'Allow' && statement.Action.includes(action));
}
