import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import type { Identity } from '../../shared/contracts/change.ts';

/** Whoever AWS says is calling; `name` is what they call themselves besides, and proves nothing. */
export async function callerIdentity(name?: string): Promise<Identity> {
  const client = createClient(STSClient);
  const { Arn: arn } = await callAws('sts:GetCallerIdentity', () => client.send(new GetCallerIdentityCommand({})));
  if (arn === undefined) throw new Error('AWS did not say who is calling');
  return { kind: 'iam', name: name === undefined ? arn : `${name.trim()} (${arn})` };
}
