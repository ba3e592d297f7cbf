import type { AcceptedFinding } from './finding.ts';
import type { VariantName } from './variants.ts';

const withoutKey = (variant: VariantName): boolean => variant !== 'customer-key';
const EVERY_FUNCTION = /^AWS::Lambda::Function /;
const OUR_KEY_OR_THEIRS =
  'AWS encrypts it with a key of its own; kmsKeyArn makes it the customer’s, which costs a dollar a month';

/** Every finding of cfn-lint and checkov that stays, and why. Whatever is not here fails `npm run test:templates`. */
export const ACCEPTED_FINDINGS: readonly AcceptedFinding[] = [
  {
    rule: 'W3005',
    where: /^AWS::(Lambda::Function|StepFunctions::StateMachine|CloudFormation::CustomResource) /,
    reason: 'CDK waits for a role together with its policies, and only the policies need to be named; it does no harm',
  },
  {
    rule: 'W3037',
    where: /^AWS::IAM::Policy FunctionAlarmsTasksVerifyAlarmCleared/,
    in: (variant) => variant !== 'read-only',
    reason: 'cloudwatch:DescribeAlarmContributors came with alarms of several series; cfn-lint’s list is older',
  },
  { rule: 'CKV_AWS_119', where: /^AWS::DynamoDB::Table Ledger/, in: withoutKey, reason: OUR_KEY_OR_THEIRS },
  { rule: 'CKV_AWS_158', where: /^AWS::Logs::LogGroup /, in: withoutKey, reason: OUR_KEY_OR_THEIRS },
  {
    rule: 'CKV_AWS_173',
    where: EVERY_FUNCTION,
    in: withoutKey,
    reason: `Variables hold settings and names, no secrets. ${OUR_KEY_OR_THEIRS}`,
  },
  { rule: 'CKV_AWS_26', where: /^AWS::SNS::Topic Digest/, in: withoutKey, reason: OUR_KEY_OR_THEIRS },
  {
    rule: 'CKV_AWS_26',
    where: /^AWS::SNS::Topic AlarmMails/,
    reason:
      'A key whose policy leaves CloudWatch out would silence every alarm, and nobody would notice; alarms name functions and hold nothing of theirs',
  },
  {
    rule: 'CKV_AWS_27',
    where: /^AWS::SQS::Queue \w*DeadLetters/,
    reason:
      'Encrypted by SQS itself (SSE-SQS), which checkov does not count; with a key, what AWS could not deliver would be lost wherever the key’s policy leaves a service out',
  },
  {
    rule: 'CKV_AWS_116',
    where: EVERY_FUNCTION,
    reason:
      'Called by state machines, API Gateway and a stream, never asynchronously: a dead-letter queue would stay empty',
  },
  {
    rule: 'CKV_AWS_117',
    where: EVERY_FUNCTION,
    reason:
      'They speak to AWS’s own endpoints; a VPC would need a NAT or a dozen endpoints, which cost more than the night',
  },
  {
    rule: 'CKV_AWS_115',
    where: EVERY_FUNCTION,
    reason:
      'State machines bound how many run at once; a reservation would be taken from the account’s own functions, all day long',
  },
  {
    rule: 'CKV_AWS_18',
    where: /^AWS::S3::Bucket Runs/,
    reason: 'Only our own functions read it, and CloudTrail can log them per object',
  },
  {
    rule: 'CKV_AWS_21',
    where: /^AWS::S3::Bucket Runs/,
    reason: 'Every object is written once, under its run’s prefix, and expires',
  },
];
