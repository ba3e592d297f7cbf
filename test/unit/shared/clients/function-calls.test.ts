import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFunctionCalls } from '../../../../shared/clients/warm-up/function-calls.ts';
import { WARM_UP_ENVIRONMENTS_MAX } from '../../../../shared/contracts/cold-start.ts';
import { warmUp } from '../../../../tasks/configuration/warm-up/warm-up.ts';

const ENDPOINT = 'AWS_ENDPOINT_URL_LAMBDA';
let server: Server;
let held: { path: string; response: ServerResponse }[];

beforeAll(async () => {
  held = [];
  // Answers nobody until all are there: whoever queues behind another's socket never arrives.
  server = createServer((request, response) => {
    request.resume();
    held.push({ path: request.url ?? '', response });
    if (held.length === WARM_UP_ENVIRONMENTS_MAX) for (const each of held) each.response.end('null');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [ENDPOINT]: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
});

afterAll(async () => {
  delete process.env[ENDPOINT];
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

it('has as many calls of the alias under way at once as environments are to be warm', async () => {
  const order = { functionName: 'orders', qualifier: 'live', environments: WARM_UP_ENVIRONMENTS_MAX, holdMs: 100 };
  expect(await warmUp(order, createFunctionCalls())).toEqual({ warmed: WARM_UP_ENVIRONMENTS_MAX, failed: 0 });
  expect(new Set(held.map(({ path }) => path))).toEqual(
    new Set(['/2015-03-31/functions/orders/invocations?Qualifier=live']),
  );
});
