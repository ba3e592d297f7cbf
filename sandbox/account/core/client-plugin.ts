import type { RetryStrategyV2 } from '@smithy/types';
import { type RetryClock, virtualRetries } from './virtual-retries.ts';

/** What of an SDK client the account steps into. */
export interface PluggableClient {
  // biome-ignore lint/suspicious/noExplicitAny: middleware stacks are invariant in their input and output types
  readonly middlewareStack: { add(middleware: any, options: any): void };
  // biome-ignore lint/suspicious/noExplicitAny: resolved configurations differ by client
  readonly config: any;
}

/** Answers one attempt of one call; `service` and `operation` are API names such as `Lambda` and `ListFunctions`. */
export interface Answering {
  readonly region: string;
  readonly clock: AnsweringClock;
  /** Seeded, for the jitter of retries. */
  random(): number;
  requestId(): string;
  /** @param session of a client that was given credentials of its own, which may be of another account */
  answer(
    service: string,
    operation: string,
    input: Record<string, unknown>,
    session: ClientSession | undefined,
  ): Promise<object>;
}

interface AnsweringClock extends RetryClock {
  /** Waits for what another line of work may be doing, which gives the turn back meanwhile. */
  wait<T>(setup: (settle: { resolve(value: T): void; reject(error: unknown): void }) => void): Promise<T>;
}

/** For whom and where a client speaks that does not simply speak for its account. */
export interface ClientSession {
  readonly region: string;
  readonly sessionToken: string | undefined;
}

/** What a client was made with. */
export interface OwnSettings {
  readonly region?: unknown;
  readonly credentials?: unknown;
}

interface Attempt {
  readonly input: Record<string, unknown>;
}

interface Answered {
  readonly response: { readonly output: object };
}

/** Below everything else, where a request would leave the process. */
const PLACE = { step: 'deserialize', priority: 'low', name: 'embeddedAccount', override: true };
/** Never valid anywhere. */
const DUMMY_CREDENTIALS = { accessKeyId: 'AKIASANDBOXSANDBOX00', secretAccessKey: 'sandbox' };

/** Which account answers a client: the one plugged in last, since a process's clients outlive a test's account. */
const answering = new WeakMap<object, { by: Answering }>();

/**
 * Answers every command of the client below its retries, in place of the network; gives it dummy credentials, the
 * account's region, and retries whose delays are virtual.
 */
export function plugIn(client: PluggableClient, by: Answering, own: OwnSettings = {}): void {
  const seat = answering.get(client);
  if (seat) seat.by = by;
  else takeSeat(client, { by }, sessionOf(own));
}

type FindSession = (clock: AnsweringClock) => Promise<ClientSession | undefined>;

/** Asked at every attempt, since credentials are renewed; only a provider's are anybody's but the process's own. */
function sessionOf({ region, credentials }: OwnSettings): FindSession {
  if (typeof credentials !== 'function' || typeof region !== 'string') return async () => undefined;
  return async (clock) => {
    const { sessionToken } = (await promptly(credentials(), clock)) as { sessionToken?: string };
    return { region, sessionToken };
  };
}

/** A known session is there after a few microtasks. */
const PROMPT_TICKS = 10;

/**
 * Sessions are shared, so that one caller may wait for what another has asked: without giving its turn back neither would
 * go on. Who need not wait does not.
 */
async function promptly<T>(asked: Promise<T>, clock: AnsweringClock): Promise<T> {
  let isThere = false;
  const note = () => {
    isThere = true;
  };
  asked.then(note, note);
  for (let tick = 0; tick < PROMPT_TICKS && !isThere; tick += 1) await undefined;
  return isThere ? asked : clock.wait<T>(({ resolve, reject }) => void asked.then(resolve, reject));
}

function takeSeat(client: PluggableClient, seat: { by: Answering }, findSession: FindSession): void {
  answering.set(client, seat);
  client.config.region = async () => seat.by.region;
  client.config.useFipsEndpoint = async () => false;
  client.config.credentials = async () => DUMMY_CREDENTIALS;
  skipTheWire(client);
  makeRetriesVirtual(client, seat);
  const middleware = (_next: unknown, context: { clientName: string; commandName: string }) => {
    const service = context.clientName.replace(/Client$/, '');
    const operation = context.commandName.replace(/Command$/, '');
    return async (attempt: Attempt) => {
      const answer = await seat.by.answer(service, operation, attempt.input, await findSession(seat.by.clock));
      const $metadata = { httpStatusCode: 200, requestId: seat.by.requestId() };
      return { response: { statusCode: 200, headers: {}, output: { $metadata, ...answer } } };
    };
  };
  client.middlewareStack.add(middleware, PLACE);
}

/** Where the SDK's own middleware stands that writes requests, and that which reads answers. */
const SERIALIZER = { step: 'serialize', name: 'serializerMiddleware', tags: ['SERIALIZER'], override: true };
const DESERIALIZER = { step: 'deserialize', name: 'deserializerMiddleware', tags: ['DESERIALIZER'], override: true };

/**
 * Input and output are handed over as they are: serializing and signing for nobody would be most of a call's cost. That
 * the wire forms are right is for tests over HTTP to show. Not by a protocol that does nothing: the SDK's own middleware
 * copies a client's whole configuration twice a call before it asks one.
 */
function skipTheWire({ middlewareStack, config }: PluggableClient): void {
  const hand = (next: (attempt: object) => unknown) => (attempt: Attempt) => next({ ...attempt, request: {} });
  const take = (next: (attempt: Attempt) => Promise<Answered>) => async (attempt: Attempt) => {
    const { response } = await next(attempt);
    return { response, output: response.output };
  };
  middlewareStack.add(hand, SERIALIZER);
  middlewareStack.add(take, DESERIALIZER);
  const signer = { sign: async (request: unknown) => request };
  config.httpAuthSchemes = config.httpAuthSchemes.map((scheme: object) => ({ ...scheme, signer }));
}

function makeRetriesVirtual(client: PluggableClient, seat: { by: Answering }): void {
  const strategyOf: () => Promise<RetryStrategyV2> = client.config.retryStrategy;
  const clock: RetryClock = {
    sleep: (ms) => seat.by.clock.sleep(ms),
    hold: (work) => seat.by.clock.hold(work),
  };
  let strategy: Promise<RetryStrategyV2> | undefined;
  client.config.retryStrategy = () => {
    strategy ??= strategyOf().then((found) => virtualRetries(found, clock, () => seat.by.random()));
    return strategy;
  };
}
