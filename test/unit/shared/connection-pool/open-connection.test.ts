import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { closeConnectionPool, preInitialize } from '../../../../shared/connection-pool/index.ts';
import { pooledService } from '../../../../shared/connection-pool/pooled-services.ts';

const before = { ...process.env };
const IN_LAMBDA = { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1' };
let server: Server | undefined;

async function serve(started: Server): Promise<string> {
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});

afterEach(async () => {
  closeConnectionPool();
  process.env = { ...before };
  await new Promise((resolve) => server?.close(resolve) ?? resolve(undefined));
  server = undefined;
});

describe('opening connections', () => {
  it('asks the host of the bucket named, unsigned, and takes a refusal for an open connection', async () => {
    const seen: unknown[] = [];
    const listening = createServer((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      response.writeHead(403, { 'content-length': 0 }).end();
    });
    process.env['AWS_ENDPOINT_URL_S3'] = await serve(listening);
    const wanted = { service: 's3', bucket: 'notes' } as const;
    await expect(preInitialize([wanted], IN_LAMBDA)).resolves.toEqual([{ service: 's3' }]);
    expect(seen).toEqual([['HEAD', '/', undefined]]);
  });

  it('opens no connection to S3 without a bucket, since every bucket is a host of its own', async () => {
    const listening = createServer((_request, response) => void response.end());
    process.env['AWS_ENDPOINT_URL_S3'] = await serve(listening);
    const connected = jest.fn();
    listening.on('connection', connected);
    await expect(preInitialize(['s3'], IN_LAMBDA)).resolves.toEqual([{ service: 's3' }]);
    expect(connected).not.toHaveBeenCalled();
  });

  it('opens a session to Bedrock, which speaks HTTP/2', async () => {
    const methods: unknown[] = [];
    const listening = createHttp2Server();
    listening.on('stream', (stream, headers) => {
      methods.push(headers[':method']);
      stream.respond({ ':status': 404 });
      stream.end();
    });
    process.env['AWS_ENDPOINT_URL_BEDROCK_RUNTIME'] = await serve(listening);
    await expect(preInitialize(['bedrock'], IN_LAMBDA)).resolves.toEqual([{ service: 'bedrock' }]);
    expect(methods).toEqual(['HEAD']);
  });

  it('knows every service that the pool has a getter for', () => {
    for (const name of ['dynamodb', 's3', 'bedrock'] as const) expect(pooledService(name)).toBeDefined();
  });
});
