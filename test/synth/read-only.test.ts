import { type Statement, synthesize, text } from './template.ts';

/** A read-only stage: what it may do, over the whole template, beside what an ordinary one may. */
const readOnly = synthesize({ readOnly: true });
const ordinary = synthesize();

/** Reading, and asking for what is read; `StopQuery` ends a query of our own. */
const READS = /^[a-z-]+:(Get|List|Describe|BatchGet|Query$|Scan$|ConditionCheckItem$|StartQuery$|StopQuery$)/;
/** Traces and the delivery of logs, which support no resource. */
const TELEMETRY = /^(xray:Put|xray:Get|logs:\w*LogDelivery|logs:\w*ResourcePolic)/;

const allowed = (template: typeof readOnly) =>
  template.allStatements().filter(({ statement }) => statement.Effect === 'Allow');

/** Everything the stack made itself is named by reference. */
const isOwn = (resource: unknown): boolean => /<[A-Z]\w+(\.Arn)?>/.test(text(resource)) && !isAccountWide(resource);
const isAccountWide = (resource: unknown): boolean =>
  /^\*$|:(function|table|alarm|log-group|key|role)[:/]\*$/.test(text(resource));

const writesIn = ({ Action: actions }: Statement): string[] =>
  actions.filter((action) => !READS.test(action) && !TELEMETRY.test(action));

const foreignWrites = (template: typeof readOnly): string[] =>
  allowed(template)
    .filter(({ statement }) => !statement.Resource.every(isOwn))
    .flatMap(({ policy, statement }) => writesIn(statement).map((action) => `${policy}: ${action}`));

it('gives no role an action of Lambda that changes anything, on any function', () => {
  const actions = allowed(readOnly).flatMap(({ statement }) => statement.Action);
  const lambda = [...new Set(actions.filter((each) => each.startsWith('lambda:')))].sort();
  expect(lambda.filter((each) => !READS.test(each))).toEqual(['lambda:InvokeFunction']);
  const invoking = allowed(readOnly).filter(({ statement }) => statement.Action.includes('lambda:InvokeFunction'));
  for (const { statement } of invoking) expect(statement.Resource.map(isOwn)).not.toContain(false);
  expect(actions.filter((each) => each.endsWith('*'))).toEqual([]);
});

it('gives no role a write to anything but the stack’s own, unlike an ordinary stage', () => {
  const found = foreignWrites(readOnly).map((each) => each.replace(/^\w+: /, ''));
  // Outcomes are told on the account's bus; the map's executions are the machine's own, whose names nobody knows yet.
  expect([...new Set(found)]).toEqual(['events:PutEvents', 'states:StopExecution', 'states:RedriveExecution']);
  const ordinaryWrites = foreignWrites(ordinary).join('\n');
  for (const action of ['lambda:UpdateFunctionConfiguration', 'lambda:UpdateAlias', 'cloudwatch:PutMetricAlarm'])
    expect(ordinaryWrites).toContain(action);
});

it('attaches no managed policy but the one to write logs', () => {
  const managed = readOnly
    .ofType('AWS::IAM::Role')
    .flatMap(([, role]) => (role.Properties.ManagedPolicyArns ?? []).map(text));
  expect(managed.filter((each: string) => !each.endsWith('policy/service-role/AWSLambdaBasicExecutionRole'))).toEqual(
    [],
  );
});

it('deploys neither remediation nor what configures the account, and keeps the night, its page and its alarms', () => {
  const machines = readOnly.ofType('AWS::StepFunctions::StateMachine').map(([id]) => id);
  expect(machines).toHaveLength(1);
  // A version's id goes with its function's settings.
  const lasting = (template: typeof readOnly) =>
    Object.keys(template.resources).filter((id) => !/CurrentVersion/.test(id));
  const left = lasting(ordinary).filter((id) => !(id in readOnly.resources));
  expect(
    left.filter((id) => !/^(AccountConfiguration|FunctionAlarms|OperatorApi|Alarms|ApprovalPage)/.test(id)),
  ).toEqual([]);
  expect(lasting(readOnly).filter((id) => !(id in ordinary.resources))).toEqual([]);
  expect(Object.keys(readOnly.outputs)).not.toContain('RemediationArn');
  expect(readOnly.ofType('AWS::CloudWatch::Alarm').length).toBeGreaterThan(8);
});

it('tells every run that it is dry', () => {
  const { RUN_SETTINGS: settings } = readOnly.task('start-run').resource.Properties.Environment.Variables;
  expect(JSON.parse(settings)).toMatchObject({ readOnly: true });
});
