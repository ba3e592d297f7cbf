import { Aspects, type IAspect, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';

/** Services that use the key in the name of whoever calls them. */
export type KeyUser = 'dynamodb' | 's3' | 'sns';

/**
 * The customer's key of KMS in place of AWS's own. Log groups and the functions' variables need no more than its name:
 * CloudWatch Logs is let in by the key's policy, and Lambda makes a grant for each role when it is deployed. Whoever calls
 * a service about something encrypted needs leave to have the key used.
 */
export class CustomerKey extends Construct {
  readonly key: IKey;

  constructor(scope: Construct, id: string, keyArn: string) {
    super(scope, id);
    this.key = Key.fromKeyArn(this, 'Key', keyArn);
    Aspects.of(Stack.of(this)).add(new EncryptLogsAndVariables(keyArn));
  }

  /** Leave to have one service use the key, and not to use it directly. */
  grantUse(grantee: IGrantable, by: KeyUser, actions: readonly string[]): Grant {
    const { region } = Stack.of(this);
    return Grant.addToPrincipal({
      grantee,
      actions: [...actions],
      resourceArns: [this.key.keyArn],
      // China's names end in `.cn`.
      conditions: { StringLike: { 'kms:ViaService': `${by}.${region}.amazonaws.com*` } },
    });
  }
}

/** Everything that keeps text at rest by itself; whoever adds a log group or a function need not think of it. */
class EncryptLogsAndVariables implements IAspect {
  private readonly keyArn: string;

  constructor(keyArn: string) {
    this.keyArn = keyArn;
  }

  visit(node: IConstruct): void {
    if (node instanceof CfnLogGroup) node.kmsKeyId = this.keyArn;
    if (node instanceof CfnFunction) node.kmsKeyArn = this.keyArn;
  }
}
