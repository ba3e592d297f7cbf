import type { SdkClient } from '../clients/sdk.ts';

/** The part of a command that preparing a connection needs; every SDK command has it. */
interface ProbeCommand {
  // biome-ignore lint/suspicious/noExplicitAny: middleware stacks are invariant in their input and output types
  readonly middlewareStack: { add(middleware: any, options: any): void };
}

interface OutgoingRequest {
  method: string;
  path: string;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * Opens a client's connection to the host that `probe` would call, without calling anything.
 *
 * The probe goes through the client's whole middleware (credentials, endpoint, signing), so all of that is resolved
 * and cached too; but what is sent is an unsigned `HEAD /`. It needs no permission, reads no capacity and whatever
 * the service answers (DynamoDB says 200, S3 may say 403) is drained, so that the socket stays in the agent's pool.
 *
 * @throws whatever prevented the connection: no credentials, no route, a timeout.
 */
export async function openConnection(client: SdkClient, probe: ProbeCommand): Promise<void> {
  const insteadOfCalling =
    () =>
    async ({ request }: { request: OutgoingRequest }) => {
      const { response } = await client.config.requestHandler.handle(bareRequest(request));
      await drain(response.body);
      // Node gives the socket back to the agent a tick after the body's end; whoever asks sooner opens another.
      await new Promise((resolve) => setImmediate(resolve));
      return { response, output: { $metadata: {} } };
    };
  probe.middlewareStack.add(insteadOfCalling, CLOSEST_TO_THE_WIRE);
  // A client's `send` takes its own commands; this one is a command of the caller's choice, of any client.
  await (client as unknown as { send(command: ProbeCommand): Promise<unknown> }).send(probe);
}

/** Above the deserializer, which could make nothing of the answer; the retry middleware, above both, still works. */
const CLOSEST_TO_THE_WIRE = { step: 'deserialize', priority: 'high', name: 'openConnection' };

/** The request's host and nothing else of it: no signature, no body. */
function bareRequest(request: OutgoingRequest): OutgoingRequest {
  const { host } = request.headers;
  const bare = { method: 'HEAD', path: '/', query: {}, headers: host === undefined ? {} : { host }, body: undefined };
  return Object.assign(Object.create(Object.getPrototypeOf(request)), request, bare);
}

async function drain(body: AsyncIterable<unknown> | undefined): Promise<void> {
  if (body?.[Symbol.asyncIterator] === undefined) return;
  for await (const chunk of body) void chunk;
}
