import { configurationKey } from '../clients/configuration-key.ts';
import { makeClient, type SdkClient } from '../clients/sdk.ts';
import { poolSettings, sdkConfiguration } from './pool-settings.ts';

type ClientConstructor = abstract new (...parameters: never[]) => SdkClient;

const clients = new Map<ClientConstructor, Map<string, SdkClient>>();
let requests = 0;
let created = 0;

/**
 * The pooled client of a class and configuration: made on the first call, the same object on every later one, so
 * that connections, credentials and endpoint resolution are shared by all invocations of an execution environment.
 *
 * `overrides` are the SDK's own options and win over the pool's settings; each distinct set has a client of its own.
 *
 * @example
 * const sqs = getPooledClient(SQSClient, { region: 'eu-west-1' });
 */
export function getPooledClient<Client extends SdkClient, Config extends object>(
  Constructor: new (config: Config) => Client,
  overrides: Partial<Config> = {},
): Client {
  requests += 1;
  const ofClass = clients.get(Constructor) ?? new Map<string, SdkClient>();
  clients.set(Constructor, ofClass);
  const key = configurationKey(overrides);
  let client = ofClass.get(key) as Client | undefined;
  if (client === undefined) {
    // Settings that every client of the SDK takes; TypeScript cannot know it of a generic Config.
    client = makeClient(Constructor, {
      ...sdkConfiguration(poolSettings()),
      ...overrides,
    } as unknown as Partial<Config>);
    created += 1;
    ofClass.set(key, client);
  }
  return client;
}

/** How often the pool was asked for a client, and how many it had to make. */
export interface ConnectionPoolStatistics {
  readonly clients: number;
  readonly created: number;
  readonly reused: number;
}

export function connectionPoolStatistics(): ConnectionPoolStatistics {
  const pooled = [...clients.values()].reduce((sum, ofClass) => sum + ofClass.size, 0);
  return { clients: pooled, created, reused: requests - created };
}

/** Closes every pooled connection and forgets the clients. For tests and for scripts that want to end. */
export function closeConnectionPool(): void {
  for (const ofClass of clients.values()) for (const client of ofClass.values()) client.destroy();
  clients.clear();
  requests = 0;
  created = 0;
}
