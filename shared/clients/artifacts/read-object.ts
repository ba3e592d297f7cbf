import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ArtifactMissingError, ErrorName } from '../../errors.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

const MISSING_NAMES: readonly string[] = ['NoSuchKey', 'NotFound'];

let client: S3Client | undefined;
export const s3Client = (): S3Client => (client ??= createClient(S3Client));

/** An object's text; throws ArtifactMissingError where there is none. */
export async function readObject(bucket: string, key: string, missing = MISSING_NAMES): Promise<string> {
  const input = { Bucket: bucket, Key: key };
  try {
    const answer = await callAws('s3:GetObject', () => s3Client().send(new GetObjectCommand(input)));
    return (await answer.Body?.transformToString()) ?? '';
  } catch (error) {
    if (!isNamed(error, missing)) throw error;
    throw new ArtifactMissingError(`s3://${bucket}/${key} does not exist`, { cause: error });
  }
}

/**
 * The same for a reader who may not list the bucket: S3 answers him 403 instead of 404, so a denial is taken for "not
 * there" as well.
 */
export const readObjectUnlisted = (bucket: string, key: string): Promise<string> =>
  readObject(bucket, key, [...MISSING_NAMES, ErrorName.invalidConfiguration]);
