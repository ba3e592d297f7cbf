import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export const ISSUER = 'https://issuer.example.com/pool';
export const CLIENT_ID = 'client-1';

interface Key {
  kid: string;
  privateKey: KeyObject;
  jwk: object;
}

function makeKey(kid: string): Key {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' } };
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * An OpenID Connect issuer in this process, as strict as the code flow with PKCE wants one; answers `fetch`. Tests
 * change what it claims.
 */
export class FakeIssuer {
  claims: Record<string, unknown> = { email: 'ada@example.com', email_verified: true };
  header: Record<string, unknown> = {};
  /** Serves these keys while it signs by `key`. */
  published: Key[];
  /** Where it ends its own session; it has no such place unless told so. */
  endSession: string | undefined;
  key = makeKey('key-1');
  nowMs: number;
  readonly requests: string[] = [];
  private readonly codes = new Map<string, { challenge: string; nonce: string; redirectUri: string }>();

  constructor(nowMs: number) {
    this.nowMs = nowMs;
    this.published = [this.key];
  }

  /** The person signs in at the address that the page sent them to; answers where the issuer sends them back to. */
  signIn(location: string): { query: string } {
    const { searchParams } = new URL(location);
    const code = `code-${this.codes.size + 1}`;
    this.codes.set(code, {
      challenge: searchParams.get('code_challenge')!,
      nonce: searchParams.get('nonce')!,
      redirectUri: searchParams.get('redirect_uri')!,
    });
    return { query: new URLSearchParams({ code, state: searchParams.get('state')! }).toString() };
  }

  rotateKeys(): void {
    this.key = makeKey('key-2');
    this.published = [this.key];
  }

  readonly fetch = (async (input: string, init: RequestInit = {}) => {
    const { pathname } = new URL(input);
    this.requests.push(pathname);
    if (pathname === '/pool/.well-known/openid-configuration') {
      return Response.json({
        issuer: ISSUER,
        authorization_endpoint: 'https://login.example.com/authorize?tenant=1',
        token_endpoint: 'https://login.example.com/token',
        jwks_uri: 'https://login.example.com/keys',
        ...(this.endSession && { end_session_endpoint: this.endSession }),
      });
    }
    if (pathname === '/keys') return Response.json({ keys: this.published.map(({ jwk }) => jwk) });
    if (pathname === '/token') return this.answerCode(new URLSearchParams(String(init.body)));
    return new Response('not found', { status: 404 });
  }) as typeof fetch;

  private answerCode(form: URLSearchParams): Response {
    const known = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      known?.challenge === challenge &&
      known.redirectUri === form.get('redirect_uri') &&
      form.get('client_id') === CLIENT_ID &&
      form.get('grant_type') === 'authorization_code';
    if (!isRight) return Response.json({ error: 'invalid_grant' }, { status: 400 });
    return Response.json({ token_type: 'Bearer', access_token: 'unused', id_token: this.token(known.nonce) });
  }

  private token(nonce: string): string {
    const header = { alg: 'RS256', kid: this.key.kid, ...this.header };
    const exp = Math.floor(this.nowMs / 1_000) + 300;
    const claims = { iss: ISSUER, aud: CLIENT_ID, sub: 'subject-1', exp, iat: exp - 300, nonce, ...this.claims };
    const signed = `${part(header)}.${part(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), this.key.privateKey).toString('base64url');
    return `${signed}.${header.alg === 'none' ? '' : signature}`;
  }
}
