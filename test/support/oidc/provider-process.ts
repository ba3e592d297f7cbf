import { spawn } from 'node:child_process';
import path from 'node:path';
import type { ProviderOptions } from './provider-options.ts';

export const ISSUER = 'https://issuer.example.com';
export const REDIRECT_URI = 'https://page.example.com/signed-in';

/** oidc-provider in a process of its own, on a port of its own of this machine. */
export interface ProviderProcess {
  readonly issuer: string;
  readonly port: number;
  /** Answers `fetch` for the issuer's host, as the proxy that ends TLS before it. */
  readonly fetch: typeof fetch;
  stop(): void;
}

/** Starts a provider and waits until it listens. */
export async function startProvider(options: ProviderOptions): Promise<ProviderProcess> {
  const main = path.join(__dirname, 'provider-main.ts');
  const child = spawn(process.execPath, ['--no-warnings', main, JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(message as number));
    child.once('exit', () => reject(new Error(`the provider did not start: ${complaints}`)));
  });
  const { host } = new URL(options.issuer);
  return { issuer: options.issuer, port, fetch: fetchBehindProxy(host, port), stop: () => child.kill() };
}

/** What a proxy that ends TLS adds; the provider makes its addresses of it. */
export const proxyHeaders = (host: string): Record<string, string> => ({
  'x-forwarded-proto': 'https',
  'x-forwarded-host': host,
});

const fetchBehindProxy = (host: string, port: number) =>
  (async (input: string, init: RequestInit = {}) => {
    const url = new URL(input);
    if (url.host !== host) throw new TypeError(`nothing answers at ${url.host}`);
    const headers = { ...Object.fromEntries(new Headers(init.headers)), ...proxyHeaders(host) };
    return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, { ...init, headers });
  }) as typeof fetch;
