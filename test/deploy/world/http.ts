import { request } from 'node:http';

export interface Answer {
  status: number;
  location: string | undefined;
  body: string;
}

/**
 * A request to a host of the emulator's (`<api>.execute-api.localhost`) that no resolver knows: it goes to loopback under
 * the name it is meant for.
 */
export function send(
  method: 'GET' | 'POST',
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Answer> {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      method,
      path: `${pathname}${search}`,
      headers: { host, ...headers },
    });
    sent.on('error', reject);
    sent.on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, location: response.headers.location, body: text });
    });
    sent.end(body);
  });
}
