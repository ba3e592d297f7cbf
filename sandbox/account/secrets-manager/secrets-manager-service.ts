import {
  type GetSecretValueCommandInput,
  type GetSecretValueCommandOutput,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { type AccountContext, arn } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';

/** Secrets Manager appends six characters of its own to a secret's name. */
const SUFFIX_CHARS = 6;

/** Secrets as text, each with its present version only. */
export class SecretsManagerService implements Service {
  readonly name = 'SecretsManager';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly context: AccountContext;
  private readonly secrets = new Map<string, { name: string; text: string; versionId: string }>();

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = { GetSecretValue: this.getSecretValue() };
  }

  /** Stores a secret; answers its ARN. */
  createSecret(name: string, text: string): string {
    const secretArn = arn(this.context, 'secretsmanager', `secret:${name}-${this.context.ids.token(SUFFIX_CHARS)}`);
    this.secrets.set(secretArn, { name, text, versionId: this.context.ids.uuid() });
    return secretArn;
  }

  /** Replaces what a secret holds, as a rotation does. */
  rotate(secretArn: string, text: string): void {
    this.secrets.set(secretArn, { ...this.secrets.get(secretArn)!, text, versionId: this.context.ids.uuid() });
  }

  private getSecretValue(): Operation {
    return operation<GetSecretValueCommandInput, GetSecretValueCommandOutput>(
      ['SecretId'],
      ({ SecretId: secretId }) => {
        const secret = this.secrets.get(secretId ?? '');
        if (secret === undefined) throw notFound();
        const { name, text, versionId } = secret;
        return { ARN: secretId!, Name: name, SecretString: text, VersionId: versionId, VersionStages: ['AWSCURRENT'] };
      },
    );
  }
}

function notFound(): Error {
  const message = "Secrets Manager can't find the specified secret.";
  return new ResourceNotFoundException({ message, $metadata: { httpStatusCode: 400 } });
}
