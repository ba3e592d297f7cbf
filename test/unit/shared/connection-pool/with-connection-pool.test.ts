import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  closeConnectionPool,
  getDynamoDBClient,
  preInitialize,
  withConnectionPool,
} from '../../../../shared/connection-pool/index.ts';
import { resetPoolSettings } from '../../../../shared/connection-pool/pool-settings.ts';

const IN_LAMBDA = { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1' };
const before = { ...process.env };
const seen: { method: string; path: string; authorization: boolean }[] = [];
let connections = 0;
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization !== undefined,
    });
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.setHeader('content-length', request.method === 'HEAD' ? 0 : 2);
      response.end(request.method === 'HEAD' ? undefined : '{}');
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  process.env = before;
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  seen.length = 0;
  connections = 0;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...IN_LAMBDA,
  });
});

afterEach(() => {
  closeConnectionPool();
  resetPoolSettings();
});

describe('withConnectionPool', () => {
  it('passes event, context, result and error through', async () => {
    const handler = withConnectionPool(async (event: { fail: boolean }, context: { id: string }) => {
      if (event.fail) throw new RangeError('as asked');
      return context.id;
    });
    await expect(handler({ fail: false }, { id: 'request-1' })).resolves.toBe('request-1');
    await expect(handler({ fail: true }, { id: '' })).rejects.toThrow(RangeError);
  });

  it('opens the connection before the first request, which then uses it', async () => {
    const handler = withConnectionPool(
      async () => getDynamoDBClient().send(new GetCommand({ TableName: 'notes', Key: { id: '1' } })),
      { preInitialize: ['dynamodb'] },
    );
    await expect(handler.ready).resolves.toEqual([{ service: 'dynamodb' }]);
    expect(seen).toEqual([{ method: 'HEAD', path: '/', authorization: false }]);
    await handler({}, {});
    expect(seen.at(-1)).toMatchObject({ method: 'POST', authorization: true });
    expect(connections).toBe(1);
  });

  it('rejects settings that make no sense while the function is being initialised', () => {
    expect(() => withConnectionPool(async () => 1, { settings: { maxSockets: -1 } })).toThrow('maxSockets');
  });

  it('waits for a service that takes the connection and says nothing as long as opening may take, and no longer', async () => {
    const silent = createTcpServer();
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const settings = { connectionTimeoutMs: 50, requestTimeoutMs: 60_000 };
    const handler = withConnectionPool(async () => 'answer', { settings, preInitialize: ['dynamodb'] });
    await expect(handler({}, {})).resolves.toBe('answer');
    await expect(handler.ready).resolves.toEqual([{ service: 'dynamodb', problem: 'Error: not open after 50 ms' }]);
    warn.mockRestore();
    closeConnectionPool();
    silent.close();
  });

  it('answers although a connection cannot be opened, and says why it could not', async () => {
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = 'http://127.0.0.1:1';
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const settings = { maxAttempts: 1 };
    const handler = withConnectionPool(async () => 'answer', { settings, preInitialize: ['dynamodb'] });
    await expect(handler({}, {})).resolves.toBe('answer');
    await expect(handler.ready).resolves.toMatchObject([
      { service: 'dynamodb', problem: expect.stringMatching(/ECONNREFUSED|AggregateError/) },
    ]);
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

describe('preInitialize', () => {
  it('connects to nobody outside Lambda or when it is turned off', async () => {
    await expect(preInitialize(['dynamodb'], {})).resolves.toEqual([]);
    const off = { ...IN_LAMBDA, CONNECTION_POOL_PREINITIALIZE: 'off' };
    await expect(preInitialize(['dynamodb'], off)).resolves.toEqual([]);
    expect(seen).toEqual([]);
  });

  it('runs functions as well as services, and reports each', async () => {
    const prepare = jest.fn();
    const results = await preInitialize([prepare, 's3'], IN_LAMBDA);
    expect(prepare).toHaveBeenCalledTimes(1);
    expect(results.map((each) => each.service)).toEqual(['mockConstructor', 's3']);
  });
});
