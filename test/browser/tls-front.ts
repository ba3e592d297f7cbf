import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { proxyHeaders } from '../support/oidc/provider-process.ts';

/** Ends TLS for https hosts before servers of this machine, as API Gateway does; browsers set no `__Host-` cookie without. */
export class TlsFront {
  /** Ports behind the hosts. */
  readonly ports: Record<string, number> = {};
  /** Somebody in the front channel: where a browser is sent instead of the address it asks for; undefined lets it pass. */
  divert: (url: URL) => string | undefined = () => undefined;
  private readonly server = createServer(selfSigned(), (asked, answer) => this.forward(asked, answer));

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private forward(asked: IncomingMessage, answer: ServerResponse): void {
    const host = asked.headers.host ?? '';
    const elsewhere = this.divert(new URL(`https://${host}${asked.url}`));
    if (elsewhere !== undefined) {
      answer.writeHead(302, { location: elsewhere }).end();
      return;
    }
    const headers = { ...asked.headers, ...proxyHeaders(host) };
    const sending = request(
      { host: '127.0.0.1', port: this.ports[host] ?? 0, method: asked.method, path: asked.url, headers },
      (response) => {
        answer.writeHead(response.statusCode!, response.headers);
        response.pipe(answer);
      },
    );
    sending.once('error', () => answer.writeHead(502).end());
    asked.pipe(sending);
  }
}

/** A certificate of this test alone; the browser is told not to mind. */
function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-tls-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((file) => path.join(folder, file)) as [string, string];
  try {
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', ...kind, '-subj', '/CN=example.com', '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
