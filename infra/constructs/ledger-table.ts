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
import type { CustomerKey } from './customer-key.ts';

const READ_ACTIONS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
/** Nothing deletes: records end by a status, short-lived items by their TTL. */
const WRITE_ACTIONS = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];

/**
 * What DynamoDB asks of its callers on a customer's key: reading takes the table's key apart, and writing may make
 * another. The same as CDK grants, spelled out.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
const KEY_READ_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_WRITE_ACTIONS = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

export interface LedgerTableProps {
  /** @default - AWS's key for DynamoDB */
  readonly customerKey?: CustomerKey | undefined;
}

/**
 * The ledger: who proposed, decided and changed what. It is the product's memory and audit trail, so it outlives the
 * stack and cannot be deleted by accident.
 */
export class LedgerTable extends Construct {
  readonly table: Table;
  private readonly customerKey: CustomerKey | undefined;

  constructor(scope: Construct, id: string, { customerKey }: LedgerTableProps = {}) {
    super(scope, id);
    this.customerKey = customerKey;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: customerKey ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.AWS_MANAGED,
      ...(customerKey && { encryptionKey: customerKey.key }),
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
    this.customerKey?.grantUse(grantee, 'dynamodb', KEY_READ_ACTIONS);
    return Grant.addToPrincipal({ grantee, actions: READ_ACTIONS, resourceArns: [this.table.tableArn] });
  }

  /** Asking the index for the changes that are open; it takes queries only. */
  grantListingOpenChanges(grantee: IGrantable): Grant {
    this.customerKey?.grantUse(grantee, 'dynamodb', KEY_READ_ACTIONS);
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
    this.customerKey?.grantUse(grantee, 'dynamodb', KEY_WRITE_ACTIONS);
    return this.grantRead(grantee).combine(Grant.addToPrincipal(write));
  }
}
