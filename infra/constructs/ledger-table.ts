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

  /** Reading items; no scan, since every question of the product has a key. */
  grantRead(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: READ_ACTIONS, resourceArns: [this.table.tableArn] });
  }

  /** Asking the index for the changes that are open; it takes queries only. */
  grantListingOpenChanges(grantee: IGrantable): Grant {
    const index = `${this.table.tableArn}/index/${OPEN_CHANGES_INDEX}`;
    return Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns: [index] });
  }

  /**
   * Reading everything, and writing where the partition key begins with one of `writable`.
   *
   * @param writable beginnings of partition keys; left out: all of them
   */
  grantReadWrite(grantee: IGrantable, writable?: readonly string[]): Grant {
    const conditions = writable && {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': writable.map((beginning) => `${beginning}*`) },
    };
    const write = {
      grantee,
      actions: WRITE_ACTIONS,
      resourceArns: [this.table.tableArn],
      ...(conditions && { conditions }),
    };
    return this.grantRead(grantee).combine(Grant.addToPrincipal(write));
  }
}
