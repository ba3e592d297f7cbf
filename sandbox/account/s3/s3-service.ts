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
import { sortByKey } from '../core/pages.ts';
import { listPage } from './list-page.ts';
import { asBuffer, bodyBytes, bodyStream, md5Hex } from './object-body.ts';
import type { StoredObject } from './stored-object.ts';

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
    return asBuffer(this.readBytes(bucket, key)).toString('utf8');
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
      (input) => listPage(this.bucket(input.Bucket).values(), input),
    );
  }
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
