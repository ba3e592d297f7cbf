/**
 * The page's only cookies, set only where approvers sign in. `__Host-` makes browsers insist on Secure, on this very
 * host and on the whole path; `Lax` lets them come along when the issuer sends the browser back, and on no form or
 * request that another site makes.
 */
export const SESSION_COOKIE = '__Host-rightsizer-session';
export const SIGN_IN_COOKIE = '__Host-rightsizer-sign-in';

const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Lax';

export const setCookie = (name: string, value: string, lifetimeMs: number): string =>
  `${name}=${value}; Max-Age=${Math.floor(lifetimeMs / 1_000)}; ${ATTRIBUTES}`;

export const clearCookie = (name: string): string => `${name}=; Max-Age=0; ${ATTRIBUTES}`;

/** Value of a cookie of the request; values of ours are of characters that need no decoding. */
export function readCookie(cookies: readonly string[], name: string): string | undefined {
  const found = cookies.find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
