import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { sdkStreamMixin } from '@smithy/util-stream';
import { UnsupportedByAccountError } from '../core/unsupported.ts';

/** Reads a request body once, whatever its form. */
export async function bodyBytes(body: unknown): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (body instanceof Readable) {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }
  throw new UnsupportedByAccountError(`S3 bodies of type ${Object.prototype.toString.call(body)}`);
}

/** A response body with the SDK's transformToString and its kin; the bytes are the stored ones, which readers copy. */
export function bodyStream(bytes: Uint8Array): unknown {
  return sdkStreamMixin(Readable.from([asBuffer(bytes)]));
}

/** The same bytes, with a Buffer's methods. */
export const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function md5Hex(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
