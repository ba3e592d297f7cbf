import { refOf, resolve, type Stage } from './stage.ts';
import { resourcesOfType } from './template.ts';

interface Keyed {
  SSESpecification?: { KMSMasterKeyId?: string };
  KmsMasterKeyId?: string;
  BucketEncryption?: {
    ServerSideEncryptionConfiguration: { ServerSideEncryptionByDefault?: { KMSMasterKeyID?: string } }[];
  };
}

/** Tells the account which of the template's tables, topics and buckets are encrypted with a customer's key. */
export function noteCustomerKeys(stage: Stage): void {
  const arn = (id: string) => stage.resources.get(id)?.attributes['Arn'] ?? refOf(stage, id);
  for (const type of ['AWS::DynamoDB::Table', 'AWS::SNS::Topic', 'AWS::S3::Bucket']) {
    for (const [id, { Properties: properties }] of resourcesOfType(stage.template, type)) {
      const key = keyIn(resolve(stage, properties ?? {}) as Keyed);
      if (key !== undefined) stage.account.customerKeys.set(arn(id), key);
    }
  }
}

function keyIn({
  SSESpecification: table,
  KmsMasterKeyId: topic,
  BucketEncryption: bucket,
}: Keyed): string | undefined {
  const [rule] = bucket?.ServerSideEncryptionConfiguration ?? [];
  return table?.KMSMasterKeyId ?? topic ?? rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
}
