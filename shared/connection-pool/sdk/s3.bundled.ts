import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';

/** What bundlers see (condition `module`): static imports, which they can shake down to the classes named. */
export const loadS3 = () => ({ HeadBucketCommand, S3Client });
