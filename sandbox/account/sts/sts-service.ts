import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts';
import type { AccountContext } from '../core/account-context.ts';
import { type Bare, type Operation, operation, type Service } from '../core/operation.ts';

const PRINCIPAL_ID = 'AIDASANDBOXSANDBOX00';

/** Everybody who calls is one IAM user, until he assumes a role of the organization. */
export class StsService implements Service {
  readonly name = 'STS';
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(
    { accountId }: AccountContext,
    assumeRole: (input: AssumeRoleCommandInput) => Bare<AssumeRoleCommandOutput>,
  ) {
    this.operations = {
      GetCallerIdentity: operation<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput>([], () => ({
        Account: accountId,
        UserId: PRINCIPAL_ID,
        Arn: `arn:aws:iam::${accountId}:user/operator`,
      })),
      AssumeRole: operation<AssumeRoleCommandInput, AssumeRoleCommandOutput>(
        ['RoleArn', 'RoleSessionName', 'ExternalId', 'DurationSeconds'],
        assumeRole,
      ),
    };
  }
}
