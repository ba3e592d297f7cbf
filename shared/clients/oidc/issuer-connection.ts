import {
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ServerMetadata,
} from 'openid-client';
import { keepFor } from '../keep-for.ts';
import type { ReadClientSecret } from '../secrets-manager/client-secret.ts';
import { IssuerAwayError } from './issuer-away.ts';
import { awayBecause } from './refusal-reason.ts';

/** Our client at an issuer. */
export interface IssuerClient {
  /** Issuer identifier, exactly as its tokens carry it. */
  readonly issuer: string;
  readonly clientId: string;
  /** @default - a public client, which has no secret */
  readonly readSecret?: ReadClientSecret | undefined;
}

/** How the issuer is reached. */
export interface BackChannel {
  /** @default - Node's own */
  readonly fetchFrom?: typeof fetch;
  /** @default 4000 */
  readonly answerWithinMs?: number;
}

/**
 * A person waits for the page and its function has 29 seconds: metadata, token, keys, the token again after a rotated
 * secret and two readings of that secret fit even where each takes as long as it may.
 */
const ANSWER_WITHIN_MS = 4_000;
const METADATA_LIFETIME_MS = 3_600_000;

interface LibraryOptions {
  readonly timeout: number;
  readonly [customFetch]: typeof fetch;
}

/**
 * Opens the library's view of the issuer. Each is new, so that no signing key is older than the sign-in that it is
 * looked at for; only metadata and secret are kept. `fresh` reads the secret again.
 */
export function createIssuerConnection(client: IssuerClient, backChannel: BackChannel) {
  const { fetchFrom = fetch, answerWithinMs = ANSWER_WITHIN_MS } = backChannel;
  const options = { timeout: answerWithinMs / 1_000, [customFetch]: fetchFrom };
  const metadata = keepFor(METADATA_LIFETIME_MS, () => discover(client, options));
  return async (fresh = false): Promise<Configuration> => {
    const server = await metadata();
    const secret = await client.readSecret?.(fresh);
    const opened = new Configuration(server, client.clientId, undefined, authentication(server, secret));
    opened.timeout = options.timeout;
    opened[customFetch] = fetchFrom;
    // Without it the library trusts TLS alone for a token that comes straight from the issuer.
    enableNonRepudiationChecks(opened);
    return opened;
  };
}

async function discover({ issuer, clientId }: IssuerClient, options: LibraryOptions): Promise<ServerMetadata> {
  try {
    const discovered = await discovery(new URL(issuer), clientId, undefined, None(), options);
    return sameIssuer(discovered.serverMetadata(), issuer);
  } catch (error) {
    throw error instanceof IssuerAwayError ? error : awayBecause(error);
  }
}

/** In the body where the issuer takes it there: not every issuer decodes what RFC 6749 wants encoded in the header. */
function authentication({ token_endpoint_auth_methods_supported: methods }: ServerMetadata, secret?: string) {
  if (secret === undefined) return None();
  return methods?.includes('client_secret_post') ? ClientSecretPost(secret) : ClientSecretBasic(secret);
}

/**
 * Metadata that speak for another issuer must not be used (Discovery 1.0, 4.3). The library lets Entra ID's shared
 * `common` pass, with which anybody's account anywhere could sign in.
 */
function sameIssuer(metadata: ServerMetadata, issuer: string): ServerMetadata {
  if (metadata.issuer === issuer) return metadata;
  throw new IssuerAwayError(`${issuer} published the metadata of ${metadata.issuer}`);
}
