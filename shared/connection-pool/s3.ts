import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { loadS3 } from '#sdk/s3';
import { openConnection } from './open-connection.ts';
import { getPooledClient } from './pooled-client.ts';
import { registerPooledService } from './pooled-services.ts';

/** The pooled S3 client. Same `overrides`, same client; the SDK is loaded by the first call. */
export function getS3Client(overrides: Partial<S3ClientConfig> = {}): S3Client {
  return getPooledClient(loadS3().S3Client, overrides);
}

/** Every bucket is a host of its own, so without a bucket there is no connection to open: the client is made. */
registerPooledService('s3', async ({ bucket }) => {
  const client = getS3Client();
  if (bucket !== undefined) await openConnection(client, new (loadS3().HeadBucketCommand)({ Bucket: bucket }));
});
