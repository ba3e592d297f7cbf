/**
 * Auto-scaling of Lambda concurrency and DynamoDB capacity. Reserved concurrency is opt-in by the tag
 * `rightsizer:auto-scaling`; what an owner set by hand is left alone; calling again changes only what differs.
 */
export { type AutoScalingSettings, DEFAULT_AUTO_SCALING, type SettingsReport } from '../contracts/auto-scaling.ts';
export { AUTO_SCALING_TAG, CLASS_TAG, type FunctionClass } from '../domain/configuration/scaling/function-class.ts';
export { type ConfigureAutoScalingInput, configureAutoScaling } from './configure-auto-scaling.ts';
export {
  type ConcurrencyOutcome,
  configureLambdaConcurrency,
  type LambdaConcurrencyInput,
} from './configure-lambda-concurrency.ts';
export {
  createDynamoDBScalingPolicy,
  type DynamoDBScalingInput,
  type DynamoDBScalingPolicyInput,
  registerDynamoDBScaling,
  type ScalingOutcome,
} from './dynamodb-scaling.ts';
export {
  configureProvisionedScaling,
  type ProvisionedScalingInput,
} from './provisioned-scaling.ts';
