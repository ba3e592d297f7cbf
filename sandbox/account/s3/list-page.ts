import {
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { cutPage, sortByKey } from '../core/pages.ts';
import type { StoredObject } from './stored-object.ts';

const MOST_KEYS_PER_PAGE = 1_000;

/**
 * A page of a bucket's keys in order, those behind a delimiter as common prefixes.
 *
 * @throws S3ServiceException `InvalidArgument` for a token that no page gave out
 */
export function listPage(
  objects: Iterable<StoredObject>,
  input: ListObjectsV2CommandInput,
): Omit<ListObjectsV2CommandOutput, '$metadata'> {
  const { Prefix: prefix = '', StartAfter: after } = input;
  const sorted = sortByKey(objects, (object) => object.key);
  const wanted = sorted.filter(({ key }) => key.startsWith(prefix) && (after === undefined || key > after));
  const size = Math.min(input.MaxKeys ?? MOST_KEYS_PER_PAGE, MOST_KEYS_PER_PAGE);
  const entries = rollUp(wanted, prefix, input.Delimiter);
  const page = cutPage(entries, (entry) => entry.key, size, input.ContinuationToken);
  if (!page) throw unknownToken();
  const contents = page.items.flatMap(({ object }) => object ?? []);
  const prefixes = page.items.filter(({ object }) => object === undefined).map(({ key }) => ({ Prefix: key }));
  return {
    Name: input.Bucket,
    Prefix: prefix,
    MaxKeys: size,
    KeyCount: page.items.length,
    IsTruncated: page.next !== undefined,
    ...(page.next === undefined ? {} : { NextContinuationToken: page.next }),
    ...(contents.length > 0 ? { Contents: contents.map(listed) } : {}),
    ...(prefixes.length > 0 ? { CommonPrefixes: prefixes } : {}),
  };
}

interface ListEntry {
  readonly key: string;
  /** Absent for a common prefix. */
  readonly object?: StoredObject;
}

/** Keys that go on after the delimiter count as one entry, named up to and including it. */
function rollUp(objects: readonly StoredObject[], prefix: string, delimiter: string | undefined): ListEntry[] {
  const entries = new Map<string, ListEntry>();
  for (const object of objects) {
    const end = delimiter === undefined ? -1 : object.key.indexOf(delimiter, prefix.length);
    const key = end < 0 ? object.key : object.key.slice(0, end + delimiter!.length);
    if (end < 0) entries.set(key, { key, object });
    else entries.set(key, { key });
  }
  return [...entries.values()];
}

function listed(object: StoredObject) {
  return {
    Key: object.key,
    Size: object.body.byteLength,
    ETag: object.etag,
    LastModified: new Date(object.lastModifiedMs),
    StorageClass: 'STANDARD' as const,
  };
}

const unknownToken = (): Error =>
  new S3ServiceException({
    name: 'InvalidArgument',
    $fault: 'client',
    message: 'The continuation token provided is incorrect',
    $metadata: { httpStatusCode: 400 },
  });
