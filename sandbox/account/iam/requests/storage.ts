import { type AccessRequestsOf, type Input, request, requestsOnKey, type ServiceAccess } from '../access-request.ts';

export const bucketArn = ({ Bucket: bucket }: Input): string => `arn:aws:s3:::${bucket}`;

/** What S3 asks KMS in its caller's name, where the bucket has a customer's key. */
const KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['kms:Decrypt'],
  's3:PutObject': ['kms:GenerateDataKey', 'kms:Decrypt'],
};

const onObject =
  (action: string): AccessRequestsOf =>
  (input, scene) => [
    request(scene, action, `${bucketArn(input)}/${input['Key']}`),
    ...requestsOnKey(scene, 's3', bucketArn(input), KEY_ACTIONS[action] ?? []),
  ];

const listBucket: AccessRequestsOf = (input, scene) => [request(scene, 's3:ListBucket', bucketArn(input))];

/** Reading an object's head needs what reading it does, and asking for a bucket what listing it does. */
export const S3_ACCESS: ServiceAccess = {
  GetObject: onObject('s3:GetObject'),
  HeadObject: onObject('s3:GetObject'),
  PutObject: onObject('s3:PutObject'),
  DeleteObject: onObject('s3:DeleteObject'),
  ListObjectsV2: listBucket,
  HeadBucket: listBucket,
};
