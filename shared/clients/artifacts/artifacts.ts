import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ArtifactMissingError } from '../../errors.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** JSON objects that states of a run hand on by key, because a state's payload may not exceed 256 KiB. */
export interface Artifacts {
  /** Reads and parses; throws ArtifactMissingError when the object is not there or not JSON, and what `parse` throws. */
  readJson<Value>(key: string, parse: (value: unknown) => Value): Promise<Value>;
  writeJson(key: string, value: unknown): Promise<void>;
}

/** S3 answers 403 instead of 404 to a reader who may not list the bucket, so a denial may mean "not there" as well. */
const MISSING_NAMES = ['NoSuchKey', 'NotFound'];

let client: S3Client | undefined;

export function createArtifacts(bucket: string): Artifacts {
  const s3 = () => (client ??= createClient(S3Client));
  return {
    readJson: async (key, parse) => parse(parseJson(bucket, key, await readText(s3(), bucket, key))),
    writeJson: async (key, value) => {
      const input = { Bucket: bucket, Key: key, Body: JSON.stringify(value), ContentType: 'application/json' };
      await callAws('s3:PutObject', () => s3().send(new PutObjectCommand(input)));
    },
  };
}

/** Key of one of a run's objects under its prefix. */
export function artifactKey(run: { artifacts: { prefix: string } }, name: string): string {
  return `${run.artifacts.prefix.replace(/\/+$/, '')}/${name}`;
}

async function readText(s3: S3Client, bucket: string, key: string): Promise<string> {
  try {
    const answer = await callAws('s3:GetObject', () => s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
    return (await answer.Body?.transformToString()) ?? '';
  } catch (error) {
    if (!isNamed(error, MISSING_NAMES)) throw error;
    throw new ArtifactMissingError(`s3://${bucket}/${key} does not exist`, { cause: error });
  }
}

function parseJson(bucket: string, key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArtifactMissingError(`s3://${bucket}/${key} is not JSON (${text.length} characters)`, { cause: error });
  }
}
