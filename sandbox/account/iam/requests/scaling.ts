import { UnsupportedByAccountError } from '../../core/unsupported.ts';
import {
  type AccessRequest,
  type AccessRequestsOf,
  type Input,
  onNothing,
  request,
  type Scene,
  type ServiceAccess,
} from '../access-request.ts';
import { functionArn } from './lambda.ts';

/**
 * What Application Auto Scaling does on behalf of its caller, who must be allowed to do it himself. AWS's example
 * policies name these actions for the service as a whole; that a target needs those on the resource and a policy those on
 * alarms is assumed.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html
 */
function onScaled(input: Input, scene: Scene): AccessRequest[] {
  const [kind, name = '', qualifier] = String(input['ResourceId']).split(/[/:]/);
  if (kind === 'table') {
    const table = scene.arn('dynamodb', `table/${name}`);
    return ['dynamodb:DescribeTable', 'dynamodb:UpdateTable'].map((action) => request(scene, action, table));
  }
  if (kind !== 'function') throw new UnsupportedByAccountError(`access to scaling ${input['ResourceId']}`);
  const scaled = functionArn(scene, { FunctionName: name, Qualifier: qualifier });
  return ['lambda:GetProvisionedConcurrencyConfig', 'lambda:PutProvisionedConcurrencyConfig'].map((action) =>
    request(scene, action, scaled),
  );
}

/** Target tracking makes alarms named after the resource. */
const onItsAlarms =
  (...actions: readonly string[]) =>
  (input: Input, scene: Scene): AccessRequest[] =>
    actions.map((action) =>
      request(scene, action, scene.arn('cloudwatch', `alarm:TargetTracking-${input['ResourceId']}-`)),
    );

/** A target's id says nothing of what it scales; policies name all of the region's, or none. */
const onTarget =
  (operation: string, more: AccessRequestsOf = () => []): AccessRequestsOf =>
  (input, scene) => [
    request(
      scene,
      `application-autoscaling:${operation}`,
      scene.arn('application-autoscaling', 'scalable-target/0ec50000000000000000000000000000'),
    ),
    ...more(input, scene),
  ];

export const SCALING_ACCESS: ServiceAccess = {
  RegisterScalableTarget: onTarget('RegisterScalableTarget', onScaled),
  PutScalingPolicy: onTarget(
    'PutScalingPolicy',
    onItsAlarms('cloudwatch:PutMetricAlarm', 'cloudwatch:DescribeAlarms', 'cloudwatch:DeleteAlarms'),
  ),
  DeleteScalingPolicy: onTarget('DeleteScalingPolicy', onItsAlarms('cloudwatch:DeleteAlarms')),
  DeregisterScalableTarget: onTarget('DeregisterScalableTarget'),
  DescribeScalableTargets: onNothing('application-autoscaling:DescribeScalableTargets'),
  DescribeScalingPolicies: onNothing('application-autoscaling:DescribeScalingPolicies'),
  PutScheduledAction: onTarget('PutScheduledAction'),
  DescribeScheduledActions: onNothing('application-autoscaling:DescribeScheduledActions'),
};
