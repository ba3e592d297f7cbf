import { CONFIDENTIAL_CLIENT, PUBLIC_CLIENT } from './provider-options.ts';
import { ISSUER, type ProviderProcess, REDIRECT_URI, startProvider } from './provider-process.ts';
import type { SiteClient } from './sign-in-site.ts';
import { makeSigningKey, type SigningKey } from './signing-keys.ts';

/** Whose address attackers put in the honest issuer's place. */
export const EVIL = 'https://evil.example.com';

/** An issuer that the page trusts, and one that it does not, which signs by a key that the first has withdrawn. */
export interface TwoIssuers {
  readonly key: SigningKey;
  readonly withdrawnKey: SigningKey;
  readonly honest: ProviderProcess;
  readonly evil: ProviderProcess;
  stop(): void;
}

export async function startTwoIssuers(clientSecret: string): Promise<TwoIssuers> {
  const [key, withdrawnKey] = await Promise.all([makeSigningKey('key-2'), makeSigningKey('key-1')]);
  const options = { redirectUri: REDIRECT_URI, clientSecret };
  const [honest, evil] = await Promise.all([
    startProvider({ ...options, issuer: ISSUER, keys: [key.privateJwk] }),
    startProvider({ ...options, issuer: EVIL, keys: [withdrawnKey.privateJwk] }),
  ]);
  const stop = () => {
    honest.stop();
    evil.stop();
  };
  return { key, withdrawnKey, honest, evil, stop };
}

/** Both kinds of client that the page can be, with the words of a test's title. */
export const clientsWith = (secret: string): [string, SiteClient][] => [
  ['a public client', { clientId: PUBLIC_CLIENT }],
  ['a confidential client', { clientId: CONFIDENTIAL_CLIENT, readSecret: async () => secret }],
];
