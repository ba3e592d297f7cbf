import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { REGION } from './emulator.ts';
import { type Answer, send } from './http.ts';

/** A POST of JSON with SigV4, as API Gateway's IAM authorizer asks for it. */
export async function sendSigned(url: string, body: object): Promise<Answer> {
  const { protocol, hostname, host, port, pathname } = new URL(url);
  const text = JSON.stringify(body);
  const signer = new SignatureV4({
    service: 'execute-api',
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    ...{ method: 'POST', protocol, hostname, port: Number(port), path: pathname, body: text },
    headers: { host, 'content-type': 'application/json' },
  });
  return send('POST', url, headers, text);
}

/** Node's own hash in the shape that the signer asks for. */
class Sha256 {
  private readonly hash;

  constructor(secret?: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }

  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {}
}
