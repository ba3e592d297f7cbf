import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createClient } from '../../shared/clients/sdk.ts';
import type { NightWorld } from './night-world.ts';

/** Deletes every object of the run bucket, as somebody with the console would; the bucket itself stays. */
export async function emptyBucket({ account, clock, deployment }: NightWorld): Promise<void> {
  const client = createClient(S3Client);
  const Bucket = deployment.bucketName;
  await clock.complete(async () => {
    for (const Key of account.s3.keys(Bucket)) await client.send(new DeleteObjectCommand({ Bucket, Key }));
  });
}
