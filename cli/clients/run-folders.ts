import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';

const RUNS = 'runs/';

/** Ids of every run that still has objects in the run bucket, in no particular order. */
export async function listRunIds(bucket: string): Promise<string[]> {
  const client = createClient(S3Client);
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const answer = await callAws('s3:ListBucket', () =>
      client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: RUNS, Delimiter: '/', ContinuationToken: token })),
    );
    ids.push(...(answer.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix.slice(RUNS.length, -1)));
    token = answer.NextContinuationToken;
  } while (token !== undefined);
  return ids;
}
