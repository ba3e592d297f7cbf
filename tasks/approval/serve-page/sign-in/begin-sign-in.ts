import type { SignInSecrets } from '../../../../shared/clients/oidc/issuer.ts';
import { seal } from '../../../../shared/domain/approval/page-access/seal.ts';
import { type PageRequest, viewPath } from '../request/page-request.ts';
import { type PageResponse, seeOther } from '../request/response.ts';
import { SIGN_IN_COOKIE, setCookie } from './cookies.ts';
import type { SignInDeps } from './deps.ts';

/** Time to type a password and find a second factor. */
export const SIGN_IN_LIFETIME_MS = 10 * 60_000;
const SECRET_BYTES = 32;

/** What a sign-in that was begun must be finished with; kept by the browser that began it, under the run's seal. */
export interface BegunSignIn extends SignInSecrets {
  /** The run's page, or the page below it that was asked for. */
  readonly pagePath: string;
}

/** The one address that the issuer's client must allow. */
export const redirectUriOf = ({ host }: Pick<PageRequest, 'host'>): string => `https://${host}/signed-in`;

/**
 * Sends the browser to the issuer: authorization code with PKCE (RFC 7636), bound to this browser by `state` and to
 * this sign-in by `nonce`. The link's id does not leave with it: it stays in the cookie.
 */
export async function beginSignIn(
  request: PageRequest,
  runKey: { key: string; linkHash: string },
  { issuer, randomBytes }: SignInDeps,
  nowMs: number,
): Promise<PageResponse> {
  const secret = () => Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url');
  const begun: BegunSignIn = { state: secret(), nonce: secret(), verifier: secret(), pagePath: viewPath(request) };
  const address = await issuer.signInAddress(begun, redirectUriOf(request));
  const sealed = seal({ ...runKey, purpose: 'sign-in' }, JSON.stringify(begun), nowMs);
  const cookie = setCookie(SIGN_IN_COOKIE, `${request.linkId}.${sealed}`, SIGN_IN_LIFETIME_MS);
  return { ...seeOther(address.href), cookies: [cookie] };
}
