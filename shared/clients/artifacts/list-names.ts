import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/**
 * What lies directly under a prefix that ends in `/`, in no particular order, without the prefix: names of objects, and
 * of folders without their slash.
 */
export async function listNames(bucket: string, prefix: string): Promise<string[]> {
  const client = createClient(S3Client);
  const names: string[] = [];
  let token: string | undefined;
  do {
    const input = { Bucket: bucket, Prefix: prefix, Delimiter: '/', ContinuationToken: token };
    const answer = await callAws('s3:ListBucket', () => client.send(new ListObjectsV2Command(input)));
    names.push(...(answer.Contents ?? []).map(({ Key = '' }) => Key.slice(prefix.length)));
    names.push(...(answer.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix.slice(prefix.length, -1)));
    token = answer.NextContinuationToken;
  } while (token !== undefined);
  return names;
}
