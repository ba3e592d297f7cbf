import {
  type DeleteObjectCommandInput,
  type DeleteObjectCommandOutput,
  type GetObjectCommandInput,
  type GetObjectCommandOutput,
  type HeadBucketCommandInput,
  type HeadBucketCommandOutput,
  type HeadObjectCommandInput,
  type HeadObjectCommandOutput,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';
import { bodyBytes, bodyStream, md5Hex } from './object-body.ts';

interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly lastModifiedMs: number;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

const MOST_KEYS_PER_PAGE = 1_000;

/** Settings whose effect nothing here could show; accepted because every careful caller sends them. */
const HARMLESS_ON_PUT = [
  'ServerSideEncryption',
  'SSEKMSKeyId',
  'BucketKeyEnabled',
  'ChecksumAlgorithm',
  'ExpectedBucketOwner',
  'StorageClass',
  'ContentLength',
  'CacheControl',
  'Tagging',
] as const;

/** Buckets with their objects, unversioned. */
export class S3Service implements Service {
  readonly name = 'S3';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly context: AccountContext;
  private readonly buckets = new Map<string, Map<string, StoredObject>>();

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = {
      PutObject: this.putObject(),
      GetObject: this.getObject(),
      HeadObject: this.headObject(),
      HeadBucket: this.headBucket(),
      DeleteObject: this.deleteObject(),
      ListObjectsV2: this.listObjects(),
    };
  }

  createBucket(name: string): void {
    if (!this.buckets.has(name)) this.buckets.set(name, new Map());
  }

  /** For those who need objects without a client, such as the engine's Distributed Map. */
  read(bucket: string, key: string): string {
    return Buffer.from(this.readBytes(bucket, key)).toString('utf8');
  }

  readBytes(bucket: string, key: string): Uint8Array {
    return this.object(bucket, key).body;
  }

  write(bucket: string, key: string, body: string, contentType?: string): void {
    this.store(bucket, key, Buffer.from(body), { ContentType: contentType });
  }

  keys(bucket: string, prefix = ''): string[] {
    return sortByKey(this.bucket(bucket).keys(), (key) => key).filter((key) => key.startsWith(prefix));
  }

  private bucket(name: string | undefined): Map<string, StoredObject> {
    const bucket = this.buckets.get(name ?? '');
    if (!bucket)
      throw new NoSuchBucket({ message: 'The specified bucket does not exist', $metadata: { httpStatusCode: 404 } });
    return bucket;
  }

  private object(bucket: string | undefined, key: string | undefined): StoredObject {
    const object = this.bucket(bucket).get(key ?? '');
    if (!object)
      throw new NoSuchKey({ message: 'The specified key does not exist.', $metadata: { httpStatusCode: 404 } });
    return object;
  }

  private store(bucket: string, key: string, body: Uint8Array, input: Partial<PutObjectCommandInput>): StoredObject {
    const object: StoredObject = {
      key,
      body,
      etag: `"${md5Hex(body)}"`,
      lastModifiedMs: this.context.clock.now(),
      contentType: input.ContentType,
      contentEncoding: input.ContentEncoding,
      metadata: { ...input.Metadata },
    };
    this.bucket(bucket).set(key, object);
    return object;
  }

  private putObject(): Operation {
    return operation<PutObjectCommandInput, PutObjectCommandOutput>(
      [
        'Bucket',
        'Key',
        'Body',
        'ContentType',
        'ContentEncoding',
        'Metadata',
        'IfNoneMatch',
        'IfMatch',
        ...HARMLESS_ON_PUT,
      ],
      async (input) => {
        const body = await bodyBytes(input.Body);
        const existing = this.bucket(input.Bucket).get(input.Key!);
        if (input.IfNoneMatch === '*' && existing) throw preconditionFailed();
        if (input.IfMatch !== undefined && existing?.etag !== input.IfMatch) throw preconditionFailed();
        return { ETag: this.store(input.Bucket!, input.Key!, body, input).etag };
      },
    );
  }

  private getObject(): Operation {
    return operation<GetObjectCommandInput, GetObjectCommandOutput>(
      ['Bucket', 'Key', 'ExpectedBucketOwner', 'ChecksumMode'],
      (input) => {
        const object = this.object(input.Bucket, input.Key);
        return { ...describe(object), Body: bodyStream(object.body) as NonNullable<GetObjectCommandOutput['Body']> };
      },
    );
  }

  private headObject(): Operation {
    return operation<HeadObjectCommandInput, HeadObjectCommandOutput>(
      ['Bucket', 'Key', 'ExpectedBucketOwner', 'ChecksumMode'],
      (input) => {
        // HEAD has no body, so that a missing key and a missing bucket look the same.
        const object = this.buckets.get(input.Bucket!)?.get(input.Key!);
        if (!object) throw new NotFound({ message: 'NotFound', $metadata: { httpStatusCode: 404 } });
        return describe(object);
      },
    );
  }

  private headBucket(): Operation {
    return operation<HeadBucketCommandInput, HeadBucketCommandOutput>(['Bucket', 'ExpectedBucketOwner'], (input) => {
      if (!this.buckets.has(input.Bucket!))
        throw new NotFound({ message: 'NotFound', $metadata: { httpStatusCode: 404 } });
      return { BucketRegion: this.context.region };
    });
  }

  private deleteObject(): Operation {
    return operation<DeleteObjectCommandInput, DeleteObjectCommandOutput>(
      ['Bucket', 'Key', 'ExpectedBucketOwner'],
      (input) => {
        this.bucket(input.Bucket).delete(input.Key!);
        return {};
      },
    );
  }

  private listObjects(): Operation {
    return operation<ListObjectsV2CommandInput, ListObjectsV2CommandOutput>(
      ['Bucket', 'Prefix', 'Delimiter', 'MaxKeys', 'ContinuationToken', 'StartAfter', 'ExpectedBucketOwner'],
      (input) => {
        const { Prefix: prefix = '', StartAfter: after } = input;
        const sorted = sortByKey(this.bucket(input.Bucket).values(), (object) => object.key);
        const wanted = sorted.filter(({ key }) => key.startsWith(prefix) && (after === undefined || key > after));
        const size = Math.min(input.MaxKeys ?? MOST_KEYS_PER_PAGE, MOST_KEYS_PER_PAGE);
        const entries = rollUp(wanted, prefix, input.Delimiter);
        const page = cutPage(entries, (entry) => entry.key, size, input.ContinuationToken);
        if (!page)
          throw new S3ServiceException({
            name: 'InvalidArgument',
            $fault: 'client',
            message: 'The continuation token provided is incorrect',
            $metadata: { httpStatusCode: 400 },
          });
        const objects = page.items.flatMap(({ object }) => object ?? []);
        const prefixes = page.items.filter(({ object }) => object === undefined).map(({ key }) => ({ Prefix: key }));
        return {
          Name: input.Bucket,
          Prefix: prefix,
          MaxKeys: size,
          KeyCount: page.items.length,
          IsTruncated: page.next !== undefined,
          ...(page.next === undefined ? {} : { NextContinuationToken: page.next }),
          ...(objects.length > 0 ? { Contents: objects.map(listed) } : {}),
          ...(prefixes.length > 0 ? { CommonPrefixes: prefixes } : {}),
        };
      },
    );
  }
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

function describe(object: StoredObject) {
  return {
    ContentLength: object.body.byteLength,
    ETag: object.etag,
    LastModified: new Date(object.lastModifiedMs),
    ContentType: object.contentType ?? 'application/octet-stream',
    ContentEncoding: object.contentEncoding,
    Metadata: { ...object.metadata },
  };
}

function preconditionFailed(): Error {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new S3ServiceException({
    name: 'PreconditionFailed',
    $fault: 'client',
    message,
    $metadata: { httpStatusCode: 412 },
  });
}
