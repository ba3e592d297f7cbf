import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ArtifactMissingError } from '../../errors.ts';
import { callAws } from '../aws-call.ts';
import { jsonBytes } from './json-bytes.ts';
import { readObject, s3Client } from './read-object.ts';

/** JSON objects that states of a run hand on by key, because a state's payload may not exceed 256 KiB. */
export interface Artifacts {
  /** Reads and parses; throws ArtifactMissingError when the object is not there or not JSON, and what `parse` throws. */
  readJson<Value>(key: string, parse: (value: unknown) => Value): Promise<Value>;
  writeJson(key: string, value: object): Promise<void>;
}

/** The same bucket's pages, for people. */
export interface Pages {
  writePage(key: string, html: string): Promise<void>;
}

export function createArtifacts(bucket: string): Artifacts & Pages {
  const write = async (Key: string, Body: string | Uint8Array, ContentType: string): Promise<void> => {
    await callAws('s3:PutObject', () =>
      s3Client().send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType })),
    );
  };
  return {
    readJson: async (key, parse) => parse(parseJson(bucket, key, await readObject(bucket, key))),
    writeJson: (key, value) => write(key, jsonBytes(value), 'application/json'),
    writePage: (key, html) => write(key, html, 'text/html; charset=utf-8'),
  };
}

/** Key of one of a run's objects under its prefix. */
export function artifactKey(run: { artifacts: { prefix: string } }, name: string): string {
  return `${run.artifacts.prefix.replace(/\/+$/, '')}/${name}`;
}

function parseJson(bucket: string, key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArtifactMissingError(`s3://${bucket}/${key} is not JSON (${text.length} characters)`, { cause: error });
  }
}
