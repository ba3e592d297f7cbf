/** Every action that `assess` uses; none writes. Most of them take no resource, the rest read whatever is there. */
export const ASSESS_ACTIONS: readonly string[] = [
  'cloudwatch:GetMetricData',
  'compute-optimizer:GetLambdaFunctionRecommendations',
  'lambda:ListFunctions',
  // Compute Optimizer asks this of whoever asks for recommendations of functions.
  'lambda:ListProvisionedConcurrencyConfigs',
  'logs:DescribeLogGroups',
  'logs:GetQueryResults',
  'logs:StartQuery',
  'logs:StopQuery',
  'pricing:GetProducts',
  'sts:GetCallerIdentity',
  'tag:GetResources',
];

/** The exact IAM policy `assess` needs, as IAM takes it. */
export const assessPolicy = (): Readonly<Record<string, unknown>> => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'RightsizerAssess', Effect: 'Allow', Action: ASSESS_ACTIONS, Resource: '*' }],
});
