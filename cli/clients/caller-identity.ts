import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import type { Identity } from '../../shared/contracts/decision.ts';

/** The ARN and the account of whoever AWS says is calling. */
export async function askWhoCalls(): Promise<{ arn: string; accountId: string }> {
  const client = createClient(STSClient);
  const { Arn: arn, Account: accountId } = await callAws('sts:GetCallerIdentity', () =>
    client.send(new GetCallerIdentityCommand({})),
  );
  if (arn === undefined || accountId === undefined) throw new Error('AWS did not say who is calling');
  return { arn, accountId };
}

/** Whoever AWS says is calling; `name` is what they call themselves besides, and proves nothing. */
export async function callerIdentity(name?: string): Promise<Identity> {
  const { arn } = await askWhoCalls();
  return { kind: 'iam', name: name === undefined ? arn : `${name.trim()} (${arn})` };
}
