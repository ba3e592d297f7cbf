import type { GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';

const PRINCIPAL_ID = 'AIDASANDBOXSANDBOX00';

/** Everybody who calls is one IAM user. */
export class StsService implements Service {
  readonly name = 'STS';
  readonly operations: Readonly<Record<string, Operation>>;

  constructor({ accountId }: AccountContext) {
    this.operations = {
      GetCallerIdentity: operation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput>([], () => ({
        Account: accountId,
        UserId: PRINCIPAL_ID,
        Arn: `arn:aws:iam::${accountId}:user/operator`,
      })),
    };
  }
}
