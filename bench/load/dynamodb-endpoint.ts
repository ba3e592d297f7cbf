import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import type { SelfSigned } from './self-signed.ts';

export interface DynamoDBEndpoint {
  readonly url: string;
  counts(): EndpointCounts;
  close(): void;
}

export interface EndpointCounts {
  readonly connections: number;
  readonly reads: number;
  /** Requests that were no API call, such as the pool's `HEAD /`. */
  readonly probes: number;
}

/** A note of some 600 bytes, under the four kilobytes of half a read unit. */
const NOTE = 'Photosynthesis turns light, water and carbon dioxide into sugar and oxygen. '.repeat(8).trim();

/**
 * A loopback endpoint that speaks enough of DynamoDB's protocol (JSON 1.0 over TLS) to answer every `GetItem` with
 * a note, after `serviceTimeMs`. The time is a model of the service; everything before the socket is the real SDK.
 */
export async function startDynamoDBEndpoint(tls: SelfSigned, serviceTimeMs: number): Promise<DynamoDBEndpoint> {
  const counts = { connections: 0, reads: 0, probes: 0 };
  const server = createServer({ key: tls.keyPem, cert: tls.certificatePem }, (request, response) => {
    if (request.method !== 'POST') {
      counts.probes += 1;
      // As AWS's endpoints do; without a length Node's client takes the answer to HEAD for one that ends with the socket.
      response.setHeader('content-length', 0);
      response.end();
      return;
    }
    counts.reads += 1;
    request.resume().on('end', () => setTimeout(answer, serviceTimeMs, request, response));
  });
  server.keepAliveTimeout = 60_000;
  server.on('secureConnection', () => {
    counts.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => ({ ...counts }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const ITEM = JSON.stringify({ Item: { note: { S: NOTE } } });
const ITEM_CRC32 = String(crc32(ITEM));

function answer(request: IncomingMessage, response: ServerResponse): void {
  const known = request.headers['x-amz-target'] === 'DynamoDB_20120810.GetItem';
  response.statusCode = known ? 200 : 400;
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  if (known) response.setHeader('x-amz-crc32', ITEM_CRC32);
  response.end(known ? ITEM : JSON.stringify({ __type: 'com.amazon.coral.service#UnknownOperationException' }));
}
