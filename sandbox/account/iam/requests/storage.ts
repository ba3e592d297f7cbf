import { type AccessRequestsOf, type Input, request, type ServiceAccess } from '../access-request.ts';

export const bucketArn = ({ Bucket: bucket }: Input): string => `arn:aws:s3:::${bucket}`;

const onObject =
  (action: string): AccessRequestsOf =>
  (input, scene) => [request(scene, action, `${bucketArn(input)}/${input['Key']}`)];

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
