import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { callAws, isNamed } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import { askWhoCalls } from '../clients/caller-identity.ts';
import { stackOutputs } from '../clients/stack-resources.ts';
import { countSubscriptions } from '../clients/topic-subscriptions.ts';
import { checkQuotas } from '../doctor/account-checks.ts';

/** What `cdk bootstrap` makes unless it is told another name. */
const BOOTSTRAP_STACK = 'CDKToolkit';
const LOOK_EVERY_MS = 5_000;
/** SNS keeps an address pending for three days; nobody sits before a terminal that long. */
const WAIT_FOR_MAIL_MS = 15 * 60_000;

/** @throws Error that remedyFor knows, where there are no credentials or no region */
export async function findAccount(): Promise<{ accountId: string; region: string; arn: string }> {
  const { arn, accountId } = await askWhoCalls();
  return { arn, accountId, region: await createClient(CloudFormationClient).config.region() };
}

export async function isBootstrapped(): Promise<boolean> {
  try {
    const client = createClient(CloudFormationClient);
    const { Stacks = [] } = await callAws('cloudformation:DescribeStacks', () =>
      client.send(new DescribeStacksCommand({ StackName: BOOTSTRAP_STACK })),
    );
    return Stacks.some(({ StackStatus }) => StackStatus?.endsWith('_COMPLETE') && !StackStatus.startsWith('DELETE'));
  } catch (error) {
    // CloudFormation answers so for a stack that is not there.
    if (isNamed(error, ['ValidationError'])) return false;
    throw error;
  }
}

export async function quotaProblem(): Promise<string | undefined> {
  const { ok, says, todo } = await checkQuotas();
  return ok ? undefined : `${says}; ${todo}`;
}

/** Lambda's own count, so that nobody pages through ten thousand functions for an estimate. */
export async function countFunctions(): Promise<number> {
  const client = createClient(LambdaClient);
  const { AccountUsage } = await callAws('lambda:GetAccountSettings', () =>
    client.send(new GetAccountSettingsCommand({})),
  );
  return AccountUsage?.FunctionCount ?? 0;
}

/** Whether somebody confirmed the digest's subscription within a quarter of an hour. */
export async function waitForSubscription(
  stackName: string,
  { now, sleep }: { now(): number; sleep(ms: number): Promise<void> },
): Promise<boolean> {
  const { DigestTopicArn = '' } = await stackOutputs(stackName);
  const deadlineMs = now() + WAIT_FOR_MAIL_MS;
  while (now() < deadlineMs) {
    if ((await countSubscriptions(DigestTopicArn)).confirmed > 0) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}
