/**
 * An execution environment, as a process: what AWS's Node.js runtime does, in short. It loads the handler named by
 * `LAMBDA_TASK_ROOT`/`_HANDLER`, asks the Runtime API for the next invocation, runs it, posts the outcome, asks again:
 * one invocation at a time.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const base = `http://${process.env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime`;

async function call(path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    request(`${base}${path}`, { agent, method, headers }, resolve).on('error', reject).end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { headers: response.headers, body: Buffer.concat(chunks).toString() };
}

function asErrorResponse(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({ errorType: name, errorMessage: message });
}

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

async function loadHandler(): Promise<Handler> {
  const file = join(process.env['LAMBDA_TASK_ROOT'] ?? '', process.env['_HANDLER'] ?? '');
  const loaded = (await import(pathToFileURL(file).href)) as { handler?: Handler; default?: { handler?: Handler } };
  const handler = loaded.handler ?? loaded.default?.handler;
  if (handler === undefined) throw new Error(`${file} exports no handler`);
  return handler;
}

async function serve(handler: Handler): Promise<never> {
  for (;;) {
    const next = await call('/invocation/next');
    const requestId = String(next.headers['lambda-runtime-aws-request-id']);
    const deadlineMs = Number(next.headers['lambda-runtime-deadline-ms']);
    const context = {
      awsRequestId: requestId,
      functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
      invokedFunctionArn: next.headers['lambda-runtime-invoked-function-arn'],
      getRemainingTimeInMillis: () => deadlineMs - Date.now(),
    };
    try {
      const result = await handler(JSON.parse(next.body), context);
      await call(`/invocation/${requestId}/response`, JSON.stringify(result ?? null));
    } catch (error) {
      await call(`/invocation/${requestId}/error`, asErrorResponse(error));
    }
  }
}

const startedAtMs = performance.now();
try {
  const handler = await loadHandler();
  process.send?.({ initMs: performance.now() - startedAtMs });
  await serve(handler);
} catch (error) {
  await call('/init/error', asErrorResponse(error)).catch(() => undefined);
  process.exit(1);
}
