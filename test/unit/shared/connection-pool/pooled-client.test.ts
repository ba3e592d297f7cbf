import { registerClientPlugin, type SdkClient } from '../../../../shared/clients/sdk.ts';
import {
  closeConnectionPool,
  configureConnectionPool,
  connectionPoolStatistics,
  getBedrockClient,
  getDynamoDBClient,
  getPooledClient,
  getS3Client,
} from '../../../../shared/connection-pool/index.ts';
import { resetPoolSettings } from '../../../../shared/connection-pool/pool-settings.ts';

interface FakeConfiguration {
  region?: string;
  tags?: Record<string, string>;
  credentials?: () => string;
  requestHandler?: unknown;
  retryMode?: string;
}

class FakeClient implements SdkClient {
  readonly config: FakeConfiguration;
  readonly middlewareStack = {} as SdkClient['middlewareStack'];
  readonly destroy = jest.fn();

  constructor(config: FakeConfiguration) {
    this.config = config;
  }
}

afterEach(() => {
  closeConnectionPool();
  resetPoolSettings();
});

describe('getPooledClient', () => {
  it('makes one client for each class and configuration', () => {
    const first = getPooledClient(FakeClient, { region: 'eu-west-1', tags: { a: '1', b: '2' } });
    expect(getPooledClient(FakeClient, { tags: { b: '2', a: '1' }, region: 'eu-west-1' })).toBe(first);
    expect(getPooledClient(FakeClient, { region: 'us-east-1' })).not.toBe(first);
    expect(getPooledClient(class Other extends FakeClient {}, { region: 'us-east-1' })).not.toBe(first);
    expect(connectionPoolStatistics()).toEqual({ clients: 3, created: 3, reused: 1 });
  });

  it('tells credential providers apart by identity, not by source', () => {
    const provider = (secret: string) => () => secret;
    const mine = provider('mine');
    const client = getPooledClient(FakeClient, { credentials: mine });
    expect(getPooledClient(FakeClient, { credentials: mine })).toBe(client);
    expect(getPooledClient(FakeClient, { credentials: provider('yours') })).not.toBe(client);
  });

  it('gives clients the settings of the pool, and lets overrides win', () => {
    configureConnectionPool({ maxSockets: 7, requestTimeoutMs: 900, connectionTimeoutMs: 300 });
    expect(getPooledClient(FakeClient).config).toMatchObject({
      retryMode: 'adaptive',
      requestHandler: {
        connectionTimeout: 300,
        requestTimeout: 900,
        throwOnRequestTimeout: true,
        httpsAgent: { keepAlive: true, maxSockets: 7 },
      },
    });
    expect(getPooledClient(FakeClient, { retryMode: 'standard' }).config.retryMode).toBe('standard');
  });

  it('makes clients that plugins see', () => {
    const seen: SdkClient[] = [];
    const unregister = registerClientPlugin((client) => void seen.push(client));
    const client = getPooledClient(FakeClient, { region: 'seen' });
    unregister();
    expect(seen).toContain(client);
  });

  it('closes every client when the pool is closed, and makes new ones after', () => {
    const client = getPooledClient(FakeClient);
    closeConnectionPool();
    expect(client.destroy).toHaveBeenCalledTimes(1);
    expect(getPooledClient(FakeClient)).not.toBe(client);
  });
});

describe('configureConnectionPool', () => {
  it('rejects settings that are no whole positive numbers, naming each', () => {
    expect(() => configureConnectionPool({ maxSockets: 0, requestTimeoutMs: 1.5 })).toThrow(
      /maxSockets.*got 0.*requestTimeoutMs.*got 1.5/,
    );
  });

  it('rejects an unknown retry mode', () => {
    expect(() => configureConnectionPool({ retryMode: 'never' as 'adaptive' })).toThrow("got 'never'");
  });
});

describe('the named clients', () => {
  const region = 'us-east-1';

  it('are the same objects on every call', () => {
    expect(getDynamoDBClient({ region })).toBe(getDynamoDBClient({ region }));
    expect(getS3Client({ region })).toBe(getS3Client({ region }));
    expect(getBedrockClient({ region })).toBe(getBedrockClient({ region }));
    expect(connectionPoolStatistics()).toMatchObject({ created: 3, reused: 3 });
  });

  it('wait longer for a model than for a table', async () => {
    const handlerOf = (client: { config: { requestHandler: object } }) =>
      (client.config.requestHandler as unknown as { configProvider: Promise<{ requestTimeout: number }> })
        .configProvider;
    await expect(handlerOf(getDynamoDBClient({ region }))).resolves.toMatchObject({ requestTimeout: 5_000 });
    await expect(handlerOf(getBedrockClient({ region }))).resolves.toMatchObject({ requestTimeout: 60_000 });
  });
});
