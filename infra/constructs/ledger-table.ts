import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { OPEN_CHANGES_INDEX } from '../../shared/constants.ts';

const READ_ACTIONS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
/** Nothing deletes: records end by a status, short-lived items by their TTL. */
const WRITE_ACTIONS = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];

/**
 * The ledger: who proposed, decided and changed what. It is the product's memory and audit trail, so it outlives the
 * stack and cannot be deleted by accident.
 */
export class LedgerTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.AWS_MANAGED,
      timeToLiveAttribute: 'ttl',
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: OPEN_CHANGES_INDEX,
      partitionKey: { name: 'openPartition', type: AttributeType.STRING },
      sortKey: { name: 'functionName', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }

  /** Reading items and the index; no scan, since every question of the product has a key. */
  grantRead(grantee: IGrantable): Grant {
    return this.grant(grantee, READ_ACTIONS);
  }

  grantReadWrite(grantee: IGrantable): Grant {
    return this.grant(grantee, [...READ_ACTIONS, ...WRITE_ACTIONS]);
  }

  private grant(grantee: IGrantable, actions: string[]): Grant {
    const index = `${this.table.tableArn}/index/${OPEN_CHANGES_INDEX}`;
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn, index] });
  }
}
