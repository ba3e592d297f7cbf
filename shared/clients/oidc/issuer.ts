import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
} from 'openid-client';
import type { IdentityClaims } from '../../domain/approval/page-access/approver-name.ts';
import { type BackChannel, createIssuerConnection, type IssuerClient } from './issuer-connection.ts';
import { isClientRefused, refusalReason } from './refusal-reason.ts';

/** What binds a sign-in to the browser that began it (state), to itself (nonce) and to its code (verifier). */
export interface SignInSecrets {
  readonly state: string;
  readonly nonce: string;
  /** PKCE's (RFC 7636). */
  readonly verifier: string;
}

/**
 * An OpenID Connect issuer (Cognito, Entra ID, Okta, Google, Keycloak ...), as far as the code flow with PKCE asks it.
 * Every method throws IssuerAwayError where the issuer does not answer within the time limits.
 */
export interface Issuer {
  /** Where a browser is sent to sign in. */
  signInAddress(secrets: SignInSecrets, redirectUri: string): Promise<URL>;
  /**
   * Redeems the code in the address that the browser came back to, and checks everything that RFC 9700 and OpenID
   * Connect Core 3.1.3.7 ask: state, who answered, the ID token's signature, issuer, audience, times and nonce.
   */
  redeem(cameBackTo: URL, secrets: SignInSecrets): Promise<Redeemed>;
  /** Where a browser ends its session with the issuer; undefined where the issuer has no such place. */
  signOutAddress(): Promise<URL | undefined>;
}

/** Who signed in, or why nobody did, in words fit for the log. */
export type Redeemed = { readonly claims: IdentityClaims } | { readonly refused: string };

/** The issuer by openid-client; see docs/adr/0020-sign-in-by-openid-client.md. */
export function createIssuer(client: IssuerClient, backChannel: BackChannel = {}): Issuer {
  const open = createIssuerConnection(client, backChannel);
  return {
    signInAddress: async ({ state, nonce, verifier }, redirectUri) =>
      buildAuthorizationUrl(await open(), {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    redeem: async (cameBackTo, secrets) => {
      try {
        const claims = await grant(await open(), cameBackTo, secrets).catch(async (error: unknown) => {
          if (client.readSecret === undefined || !isClientRefused(error)) throw error;
          return grant(await open(true), cameBackTo, secrets);
        });
        return { claims };
      } catch (error) {
        return { refused: refusalReason(error) };
      }
    },
    signOutAddress: async () => {
      const opened = await open();
      return opened.serverMetadata().end_session_endpoint === undefined ? undefined : buildEndSessionUrl(opened, {});
    },
  };
}

async function grant(
  opened: Configuration,
  cameBackTo: URL,
  { state, nonce, verifier }: SignInSecrets,
): Promise<IdentityClaims> {
  const tokens = await authorizationCodeGrant(opened, cameBackTo, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  // Present, since the library refuses an answer without the ID token that was expected.
  return tokens.claims()!;
}
