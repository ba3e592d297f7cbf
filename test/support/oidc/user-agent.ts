import { request } from 'node:http';
import { proxyHeaders } from './provider-process.ts';

/** What a browser shows, as far as the sign-in cares. */
export interface Shown {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
}

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const REDIRECTS_AT_MOST = 12;

/** Keeps cookies, follows redirects and sends forms, over HTTP to ports that stand for https hosts. */
export class UserAgent {
  /** Every address asked for, in order. */
  readonly visited: string[] = [];
  readonly cookies = new Map<string, Map<string, string>>();
  private readonly ports: Readonly<Record<string, number>>;

  constructor(ports: Readonly<Record<string, number>>) {
    this.ports = ports;
  }

  /** Opens an address; stops before the first one that `until` names and answers where that is. */
  async open(address: string, until: (url: URL) => boolean = () => false): Promise<Shown> {
    return this.follow({ method: 'GET', url: new URL(address) }, until);
  }

  /** Sends the form on the page whose action ends so, with these fields beside its hidden ones. */
  async send(
    shown: Shown,
    actionEnd: string,
    fields: Record<string, string>,
    until?: (url: URL) => boolean,
  ): Promise<Shown> {
    const forms = [...shown.body.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
    const [, action = '', inside = ''] = forms.find(([, each]) => each!.endsWith(actionEnd))!;
    const hidden = [...inside.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name, value]): [string, string] => [name!, value!],
    );
    const url = new URL(action, shown.url);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: shown.url.origin,
      'sec-fetch-site': 'same-origin',
    };
    const body = new URLSearchParams([...hidden, ...Object.entries(fields)]).toString();
    return this.follow({ method: 'POST', url, headers, body }, until ?? (() => false));
  }

  private async follow(first: Sent, until: (url: URL) => boolean): Promise<Shown> {
    let sent = first;
    for (let redirects = 0; redirects < REDIRECTS_AT_MOST; redirects += 1) {
      if (until(sent.url)) return { url: sent.url, status: 0, body: '' };
      const { status, location, body } = await this.ask(sent);
      if (location === undefined) return { url: sent.url, status, body };
      sent = { method: 'GET', url: new URL(location, sent.url) };
    }
    throw new Error(`redirected in circles: ${this.visited.slice(-REDIRECTS_AT_MOST).join(' ')}`);
  }

  private ask({ method, url, headers, body }: Sent): Promise<{ status: number; location?: string; body: string }> {
    this.visited.push(url.href);
    const jar = this.jar(url.host);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const options = {
      host: '127.0.0.1',
      port: this.ports[url.host] ?? 0,
      method,
      path: `${url.pathname}${url.search}`,
      headers: { ...proxyHeaders(url.host), host: url.host, ...(cookie !== '' && { cookie }), ...headers },
    };
    return new Promise((resolve, reject) => {
      const sending = request(options, async (response) => {
        for (const each of response.headers['set-cookie'] ?? []) keep(jar, each);
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const { location } = response.headers;
        resolve({
          status: response.statusCode!,
          body: Buffer.concat(chunks).toString(),
          ...(location !== undefined && { location }),
        });
      });
      sending.once('error', reject);
      sending.end(body);
    });
  }

  jar(host: string): Map<string, string> {
    const jar = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, jar);
    return jar;
  }
}

function keep(jar: Map<string, string>, setCookie: string): void {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(setCookie)!;
  if (value === '' || /max-age=0/i.test(setCookie)) jar.delete(name!);
  else jar.set(name!, value!);
}
