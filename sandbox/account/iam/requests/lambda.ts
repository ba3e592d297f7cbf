import { parseFunctionName } from '../../lambda/qualified-name.ts';
import { type AccessRequestsOf, type Input, onNothing, request, type Scene } from '../access-request.ts';

/** The function's ARN, with the version or alias that a call names beside it or in it. */
export function functionArn(scene: Scene, input: Input): string {
  const { name, qualifier } = parseFunctionName(input['FunctionName'] as string, input['Qualifier'] as string);
  const arn = scene.arn('lambda', `function:${name}`);
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

const onFunction =
  (action: string): AccessRequestsOf =>
  (input, scene) => [request(scene, action, functionArn(scene, input))];

const onResource =
  (action: string): AccessRequestsOf =>
  (input, scene) => [request(scene, action, String(input['Resource']))];

/** Operations that IAM calls as the API does, on a function. */
const ON_FUNCTIONS = [
  'GetFunction',
  'GetFunctionConfiguration',
  'UpdateFunctionConfiguration',
  'PublishVersion',
  'ListVersionsByFunction',
  'CreateAlias',
  'UpdateAlias',
  'GetAlias',
  'ListAliases',
  'GetFunctionConcurrency',
  'PutFunctionConcurrency',
  'DeleteFunctionConcurrency',
  'PutProvisionedConcurrencyConfig',
  'GetProvisionedConcurrencyConfig',
  'DeleteProvisionedConcurrencyConfig',
  'ListProvisionedConcurrencyConfigs',
  'GetPolicy',
];

export const LAMBDA_ACCESS: Readonly<Record<string, AccessRequestsOf>> = {
  ...Object.fromEntries(ON_FUNCTIONS.map((operation) => [operation, onFunction(`lambda:${operation}`)])),
  Invoke: onFunction('lambda:InvokeFunction'),
  ListTags: onResource('lambda:ListTags'),
  TagResource: onResource('lambda:TagResource'),
  UntagResource: onResource('lambda:UntagResource'),
  ListFunctions: onNothing('lambda:ListFunctions'),
  ListEventSourceMappings: onNothing('lambda:ListEventSourceMappings'),
  GetAccountSettings: onNothing('lambda:GetAccountSettings'),
};
