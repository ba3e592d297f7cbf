import type { MiddlewareStack } from '@smithy/types';
import { configurationKey } from './configuration-key.ts';

/**
 * The seam through which every AWS SDK client of the product is made: one place for timeouts and retries, and one
 * place where the sandbox (or a test) steps between the SDK and AWS. See docs/adr/0003-client-seam.md.
 */
export interface SdkClient {
  // biome-ignore lint/suspicious/noExplicitAny: middleware stacks are invariant in their input and output types
  middlewareStack: MiddlewareStack<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: resolved configurations differ by client and are reached into by plugins only
  config: any;
  destroy(): void;
}

/** What a client was given of its own: the account and region that it is for, where those are not the process's. */
export interface OwnSettings {
  region?: unknown;
  credentials?: unknown;
}

export type ClientPlugin = (client: SdkClient, own: OwnSettings) => void;

/** Connecting inside a region takes milliseconds; a connection not made in two seconds is better tried anew. */
const CONNECTION_TIMEOUT_MS = 2_000;
/** Control-plane calls answer within a second or two; Logs Insights and GetMetricData pages stay under ten. */
const REQUEST_TIMEOUT_MS = 15_000;
/** First try and four more: about ten seconds of backoff in standard mode, well inside every task's timeout. */
const MAX_ATTEMPTS = 5;
/** Node's default is unlimited; the pool keeps a Lambda far below its 1,024 file descriptors. */
const MAX_SOCKETS = 50;

const plugins: ClientPlugin[] = [];
const clients = new Map<SdkClient, OwnSettings>();

const silent = (): void => {};
/**
 * Without `info` the SDK's logger middleware does not prepare every output for a log nobody reads: measured 27 ms
 * against 7 ms for a GetMetricData answer of 450 queries. The rest is there because providers call it directly.
 */
const QUIET_LOGGER = { trace: silent, debug: silent, warn: silent, error: silent };

export interface ClientSettings {
  logger: typeof QUIET_LOGGER;
  maxAttempts: number;
  retryMode: 'standard' | 'adaptive';
  requestHandler: {
    connectionTimeout: number;
    requestTimeout: number;
    throwOnRequestTimeout: true;
    httpsAgent: { keepAlive: true; maxSockets: number };
  };
}

/** The settings every client starts from; a fresh object a call, since the SDK keeps what it is given. */
export function clientSettings(): ClientSettings {
  return {
    logger: QUIET_LOGGER,
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Without this the SDK only warns when a request takes longer.
      throwOnRequestTimeout: true,
      httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    },
  };
}

type ClientConstructor = abstract new (...parameters: never[]) => SdkClient;
const pooled = new Map<ClientConstructor, Map<string, SdkClient>>();

/**
 * The client of a class with the house settings, `overrides` last: the same object for the same configuration, so that
 * all wrappers of a task share connections, credentials and endpoints, and a script that calls a library function for
 * each of a thousand resources opens one connection and not a thousand.
 */
export function createClient<Client extends SdkClient, Config extends object>(
  Constructor: new (config: Config) => Client,
  overrides: Partial<Config> = {},
): Client {
  const ofClass = pooled.get(Constructor) ?? new Map<string, SdkClient>();
  pooled.set(Constructor, ofClass);
  const key = configurationKey(overrides);
  const client = (ofClass.get(key) as Client | undefined) ?? makeClient(Constructor, overrides);
  ofClass.set(key, client);
  return client;
}

/** Makes a client of its own, and lets every plugin see it. */
export function makeClient<Client extends SdkClient, Config extends object>(
  Constructor: new (config: Config) => Client,
  overrides: Partial<Config> = {},
): Client {
  // Settings that every client of the SDK takes; TypeScript cannot know it of a generic Config.
  const client = new Constructor({ ...clientSettings(), ...overrides } as unknown as Config);
  clients.set(client, overrides);
  for (const plugin of plugins) plugin(client, overrides);
  return client;
}

/** Lets go of clients that nobody will ask for again, as of those whose session is over; what they were asked, they still answer. */
export function releaseClients(isOver: (own: OwnSettings) => boolean): void {
  for (const [client, own] of clients) if (isOver(own)) clients.delete(client);
  for (const ofClass of pooled.values())
    for (const [key, client] of ofClass) if (!clients.has(client)) ofClass.delete(key);
}

/** Applies a plugin to every client made so far and from now on; returns a function that stops the latter. */
export function registerClientPlugin(plugin: ClientPlugin): () => void {
  plugins.push(plugin);
  for (const [client, own] of clients) plugin(client, own);
  return () => {
    const index = plugins.indexOf(plugin);
    if (index >= 0) plugins.splice(index, 1);
  };
}
