import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createAlarmStore } from '../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import { PROJECT_ROOT, runNode } from '../deploy/world/command.ts';
import { TEST_FUNCTIONS_STACK, TEST_STACK } from './names.ts';
import type { AwsTestOptions } from './options.ts';

const CDK = path.join(PROJECT_ROOT, 'node_modules/aws-cdk/bin/cdk');
/** Stacks with the app that each is synthesized by, in the order in which they are deployed. */
const APPS = { [TEST_FUNCTIONS_STACK]: 'test/aws/functions-app.ts', [TEST_STACK]: 'test/aws/stage-app.ts' };

/** Deploys the stage, with windows as short as they may be, and the functions it is to look at. */
export async function deployStage(options: AwsTestOptions): Promise<void> {
  for (const [stack, app] of Object.entries(APPS))
    await cdk(options, app, ['deploy', stack, '--require-approval', 'never']);
}

/** Takes both away again, with what the stage wrote; one that cannot be destroyed does not keep the other. */
export async function destroyStage(options: AwsTestOptions): Promise<void> {
  await emptyRunBucket().catch(withoutStage);
  const problems: string[] = [];
  for (const [stack, app] of Object.entries(APPS).toReversed())
    await cdk(options, app, ['destroy', stack, '--force']).catch((error: Error) => problems.push(error.message));
  await deleteAlarms().catch((error: Error) => problems.push(error.message));
  if (problems.length > 0) throw new Error(`something is left, destroy it by hand:\n${problems.join('\n')}`);
}

/** The stage makes alarms at the end of a night, outside its template; each would cost ten cents a month. */
async function deleteAlarms(): Promise<void> {
  const alarms = createAlarmStore();
  const made = await alarms.listByPrefix(`${TEST_STACK}.`);
  await alarms.remove(made.map(({ name }) => name));
}

function cdk({ account, region }: AwsTestOptions, app: string, words: readonly string[]): Promise<string> {
  const settings = {
    stackName: TEST_STACK,
    account,
    region,
    scheduleEnabled: false,
    approvalWindowHours: 1,
    verificationWindowHours: 0.5,
    'policy.minimumSavingsUsdPerMonth': 0,
    // Evidence comes in periods of an hour then, and not of two.
    'policy.lookbackDays': 1,
  };
  const context = Object.entries(settings).flatMap(([field, value]) => ['-c', `rightsizer.${field}=${value}`]);
  return runNode(
    [CDK, ...words, '--app', `"${process.execPath}" ${app}`, '--output', 'cdk.out/test-aws', '--ci', ...context],
    {
      CDK_DEFAULT_ACCOUNT: account,
      CDK_DEFAULT_REGION: region,
    },
  );
}

/** Where the stage was never deployed there is nothing to empty; whatever else went wrong, CloudFormation will say. */
const withoutStage = (error: Error): void => void process.stderr.write(`${error.message}\n`);

/** CloudFormation deletes no bucket that holds anything. */
async function emptyRunBucket(): Promise<void> {
  const { Stacks = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: TEST_STACK }));
  const Bucket = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'RunBucketName')?.OutputValue;
  if (Bucket === undefined) return;
  const s3 = new S3Client({});
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) return;
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }));
  }
}
