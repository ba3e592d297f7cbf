import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** AWS on the loopback, which refuses every call for good, so that no SDK tries again: a round trip and nothing else. */
export async function startRefusingEndpoint(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end('{"__type":"ValidationException","message":"refused by the bench"}');
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
