import { type AccessRequestsOf, onNothing, request, type ServiceAccess } from '../access-request.ts';

const onAlarms =
  (action: string, field: string): AccessRequestsOf =>
  (input, scene) =>
    [input[field]].flat().map((name) => request(scene, action, scene.arn('cloudwatch', `alarm:${name}`)));

/**
 * Without names it is about all alarms. Composite ones are described only to those who may describe everything; CloudWatch
 * leaves them out of its answer in silence, and a refusal is louder.
 */
const describeAlarms: AccessRequestsOf = (input, scene) => {
  const types = (input['AlarmTypes'] ?? []) as readonly string[];
  if (types.includes('CompositeAlarm')) return [request(scene, 'cloudwatch:DescribeAlarms', '*')];
  return onAlarms('cloudwatch:DescribeAlarms', 'AlarmNames')({ AlarmNames: '*', ...defined(input) }, scene);
};

const defined = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

export const CLOUDWATCH_ACCESS: ServiceAccess = {
  GetMetricData: onNothing('cloudwatch:GetMetricData'),
  PutMetricData: onNothing('cloudwatch:PutMetricData'),
  DescribeAlarms: describeAlarms,
  DescribeAlarmContributors: onAlarms('cloudwatch:DescribeAlarmContributors', 'AlarmName'),
  PutMetricAlarm: onAlarms('cloudwatch:PutMetricAlarm', 'AlarmName'),
  SetAlarmState: onAlarms('cloudwatch:SetAlarmState', 'AlarmName'),
  DeleteAlarms: onAlarms('cloudwatch:DeleteAlarms', 'AlarmNames'),
};

/**
 * Policies name a log group with `:*` behind it for all operations but those on its tags.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
const startQuery: AccessRequestsOf = (input, scene) => {
  const { logGroupName: one, logGroupNames: some, logGroupIdentifiers: identified } = input;
  const groups = [one, some, identified].flat().filter((group) => group !== undefined);
  return groups.map((group) => {
    const arn = String(group).startsWith('arn:') ? String(group) : scene.arn('logs', `log-group:${group}`);
    return request(scene, 'logs:StartQuery', `${arn}:*`);
  });
};

export const LOGS_ACCESS: ServiceAccess = {
  StartQuery: startQuery,
  GetQueryResults: onNothing('logs:GetQueryResults'),
  StopQuery: onNothing('logs:StopQuery'),
  DescribeLogGroups: (_input, scene) => [
    request(scene, 'logs:DescribeLogGroups', scene.arn('logs', 'log-group::log-stream:')),
  ],
};

/**
 * Compute Optimizer looks at functions on behalf of its caller, who must be allowed to do so.
 * @see https://docs.aws.amazon.com/compute-optimizer/latest/ug/security-iam.html
 */
const lambdaRecommendations: AccessRequestsOf = (_input, scene) => [
  request(scene, 'compute-optimizer:GetLambdaFunctionRecommendations', '*'),
  request(scene, 'lambda:ListFunctions', '*'),
  request(scene, 'lambda:ListProvisionedConcurrencyConfigs', scene.arn('lambda', 'function:*')),
];

export const COMPUTE_OPTIMIZER_ACCESS: ServiceAccess = {
  GetLambdaFunctionRecommendations: lambdaRecommendations,
  GetEnrollmentStatus: onNothing('compute-optimizer:GetEnrollmentStatus'),
};
