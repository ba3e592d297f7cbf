import { unseal } from '../../../../shared/domain/approval/page-access/seal.ts';
import type { DecideDeps } from '../deps.ts';
import { isNightPage, type PageRequest } from '../request/page-request.ts';
import { Refusal } from '../request/refusal.ts';
import type { PageResponse } from '../request/response.ts';
import { beginSignIn } from './begin-sign-in.ts';
import { readCookie, SESSION_COOKIE } from './cookies.ts';
import type { SignInDeps } from './deps.ts';
import { findRunKey } from './run-key.ts';

/** Half a working day; an issuer that still knows its user signs him in again without asking. */
export const SESSION_LIFETIME_MS = 4 * 3_600_000;

/**
 * Who sends the request, where people must sign in: the request with their name, or where to go first. The session is
 * sealed with the run's own key, so it is good for this run's page only, and nothing is stored for it.
 */
export async function identify(
  request: PageRequest,
  deps: DecideDeps & { signIn: SignInDeps },
  nowMs: number,
): Promise<PageRequest | PageResponse | Refusal> {
  const runKey = await findRunKey(deps.ledger, request.linkId);
  if (runKey === undefined) return new Refusal('unknown-link');
  const sealed = readCookie(request.cookies, SESSION_COOKIE);
  const session = sealed && unseal({ ...runKey, purpose: 'session' }, sealed, nowMs, SESSION_LIFETIME_MS);
  if (typeof session === 'object' && session.valid) return { ...request, signedInAs: session.text };
  return isNavigation(request) ? beginSignIn(request, runKey, deps.signIn, nowMs) : new Refusal('signed-out');
}

/** Only a person who opens a page can be sent to the issuer; a form or a script's request cannot. */
function isNavigation({ method, route, headers }: PageRequest): boolean {
  const isView = route === 'page' || isNightPage(route);
  return method === 'GET' && isView && (headers['sec-fetch-mode'] ?? 'navigate') === 'navigate';
}
