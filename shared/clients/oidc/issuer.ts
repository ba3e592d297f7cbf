import {
  type IssuerKey,
  type IssuerMetadata,
  parseIssuerMetadata,
  parseKeySet,
  parseTokenAnswer,
} from '../../contracts/sign-in.ts';
import { TransientError } from '../../errors.ts';

/** An OpenID Connect issuer (Cognito, Entra ID, Okta, Keycloak ...), as far as the code flow with PKCE asks it. */
export interface Issuer {
  metadata(): Promise<IssuerMetadata>;
  /** The issuer's signing keys; `fresh` fetches them again, for a token whose key is not among those known. */
  keys(fresh?: boolean): Promise<IssuerKey[]>;
  /** The ID token for a code; undefined where the issuer refuses the code. */
  redeem(request: {
    code: string;
    verifier: string;
    clientId: string;
    redirectUri: string;
  }): Promise<string | undefined>;
}

/** A person waits for the page; the API itself gives up after 30 seconds. */
const ANSWER_WITHIN_MS = 5_000;

/** Metadata and keys are kept while the process lives; an issuer that rotates its keys is asked again by `fresh`. */
export function createIssuer(issuer: string, fetchFrom: typeof fetch = fetch): Issuer {
  let metadata: Promise<IssuerMetadata> | undefined;
  let keys: Promise<IssuerKey[]> | undefined;
  const request = (url: string, init: RequestInit = {}) =>
    fetchFrom(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const readMetadata = () => {
    metadata ??= readJson(request, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
      .then((value) => sameIssuer(parseIssuerMetadata(value), issuer))
      .catch((error: unknown) => {
        metadata = undefined;
        throw error;
      });
    return metadata;
  };
  return {
    metadata: readMetadata,
    keys: async (fresh = false) => {
      if (fresh) keys = undefined;
      keys ??= readMetadata()
        .then(({ jwks_uri: url }) => readJson(request, url))
        .then(parseKeySet)
        .catch((error: unknown) => {
          keys = undefined;
          throw error;
        });
      return keys;
    },
    redeem: async ({ code, verifier, clientId, redirectUri }) => {
      const { token_endpoint: endpoint } = await readMetadata();
      const response = await request(endpoint, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          code_verifier: verifier,
          client_id: clientId,
          redirect_uri: redirectUri,
        }),
      });
      if (response.status >= 400 && response.status < 500) return undefined;
      if (!response.ok) throw new TransientError(`the issuer answered ${response.status} to a code`);
      return parseTokenAnswer(await response.json()).id_token;
    },
  };
}

/** Metadata that speak for another issuer must not be used (Discovery 1.0, 4.3). */
function sameIssuer(metadata: IssuerMetadata, issuer: string): IssuerMetadata {
  if (metadata.issuer !== issuer) throw new TransientError(`${issuer} published the metadata of ${metadata.issuer}`);
  return metadata;
}

async function readJson(request: (url: string) => Promise<Response>, url: string): Promise<unknown> {
  const response = await request(url);
  if (!response.ok) throw new TransientError(`the issuer answered ${response.status} to ${new URL(url).pathname}`);
  return response.json();
}
