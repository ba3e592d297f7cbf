import { createRequire } from 'node:module';

/** What Node and jest see: the package is read when the first client is made, not when the pool is imported. */
export function loadS3() {
  const load = createRequire(import.meta.url);
  const { HeadBucketCommand, S3Client } = load('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
  return { HeadBucketCommand, S3Client };
}
