import { createServer, type IncomingMessage, type Server } from 'node:http';
import { ApiError, type StepFunctionsEngine } from '../../../sandbox/engine/index.ts';

type Request = Record<string, unknown>;

/** Step Functions over HTTP (AWS JSON 1.0) by an engine of this process: what the deployed functions ask of it. */
export async function serveStates(engine: () => StepFunctionsEngine): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(engine(), request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, server };
}

async function answer(
  engine: StepFunctionsEngine,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  const input = JSON.parse(await textOf(request)) as Request;
  try {
    return { status: 200, body: withEpochSeconds((await perform(engine, operation, input)) ?? {}) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: 400, body: { __type: error.name, message: error.message } };
  }
}

function perform(engine: StepFunctionsEngine, operation: string, input: Request): Promise<unknown> {
  const operations: Record<string, (input: never) => Promise<unknown>> = {
    StartExecution: (given) => engine.startExecution(given),
    DescribeExecution: (given) => engine.describeExecution(given),
    ListExecutions: (given) => engine.listExecutions(given),
    GetExecutionHistory: (given) => engine.getExecutionHistory(given),
    StopExecution: (given) => engine.stopExecution(given),
    SendTaskSuccess: (given) => engine.sendTaskSuccess(given),
    SendTaskFailure: (given) => engine.sendTaskFailure(given),
    SendTaskHeartbeat: (given) => engine.sendTaskHeartbeat(given),
  };
  const found = operations[operation];
  if (found === undefined) throw new ApiError('UnknownOperationException', `${operation} is not served here`);
  return found(input as never);
}

/** The protocol writes times as seconds. */
function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withEpochSeconds(inner)]));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text || '{}';
}
