import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Invocation {
  readonly requestId: string;
  readonly event: Buffer;
  readonly caller: ServerResponse;
  readonly deadline: NodeJS.Timeout;
}

export interface LambdaService {
  /** Where callers post events: `Invoke`'s own path. */
  readonly invokeUrl: string;
  /** Opens the Runtime API of one more environment; returns its `AWS_LAMBDA_RUNTIME_API`. */
  addEnvironment(): Promise<string>;
  close(): void;
}

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:study-assistant';

/**
 * Lambda's two faces on loopback: `Invoke` for callers, and a Runtime API for each environment. An environment gets
 * its next invocation only when it asks, so it runs one at a time; events wait in arrival order while all are busy
 * (AWS would start another environment or throttle instead; two cores cannot).
 */
export async function startLambdaService(functionTimeoutMs: number): Promise<LambdaService> {
  const waiting: Invocation[] = [];
  const idle: ServerResponse[] = [];
  const running = new Map<string, Invocation>();
  const servers: Server[] = [];

  function dispatch(): void {
    while (waiting.length > 0 && idle.length > 0) {
      const invocation = waiting.shift()!;
      running.set(invocation.requestId, invocation);
      idle.shift()!.writeHead(200, nextHeaders(invocation.requestId, functionTimeoutMs)).end(invocation.event);
    }
  }

  async function invoke(request: IncomingMessage, caller: ServerResponse): Promise<void> {
    const event = await bodyOf(request);
    const requestId = randomUUID();
    const deadline = setTimeout(() => {
      running.delete(requestId);
      caller.writeHead(504).end();
    }, functionTimeoutMs);
    waiting.push({ requestId, event, caller, deadline });
    dispatch();
  }

  async function settle(path: string, request: IncomingMessage, environment: ServerResponse): Promise<void> {
    const [, requestId = '', outcome] = /invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const body = await bodyOf(request);
    environment.writeHead(202).end();
    const invocation = running.get(requestId);
    if (invocation === undefined) return;
    running.delete(requestId);
    clearTimeout(invocation.deadline);
    // A direct invocation answers 200 with X-Amz-Function-Error; a function URL answers 502, which load tools count.
    invocation.caller.writeHead(outcome === 'response' ? 200 : 502, { 'content-type': 'application/json' }).end(body);
  }

  function runtimeApi(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    if (!path.endsWith('/invocation/next')) {
      void settle(path, request, response);
      return;
    }
    idle.push(response);
    dispatch();
  }

  const front = await listen((request, response) => void invoke(request, response));
  servers.push(front);
  return {
    invokeUrl: `http://${addressOf(front)}/2015-03-31/functions/study-assistant/invocations`,
    addEnvironment: async () => {
      const api = await listen(runtimeApi);
      servers.push(api);
      return addressOf(api);
    },
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function nextHeaders(requestId: string, timeoutMs: number): Record<string, string> {
  return {
    'content-type': 'application/json',
    'Lambda-Runtime-Aws-Request-Id': requestId,
    'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutMs),
    'Lambda-Runtime-Invoked-Function-Arn': FUNCTION_ARN,
    'Lambda-Runtime-Trace-Id': `Root=1-00000000-${requestId.replaceAll('-', '').slice(0, 24)}`,
  };
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 2_048 }, resolve));
  return server;
}

function addressOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
