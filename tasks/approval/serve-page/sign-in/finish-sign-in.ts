import { approverName } from '../../../../shared/domain/approval/page-access/approver-name.ts';
import { seal, unseal } from '../../../../shared/domain/approval/page-access/seal.ts';
import type { DecideDeps } from '../deps.ts';
import type { PageRequest } from '../request/page-request.ts';
import { Refusal } from '../request/refusal.ts';
import { type PageResponse, seeOther } from '../request/response.ts';
import { type BegunSignIn, redirectUriOf, SIGN_IN_LIFETIME_MS } from './begin-sign-in.ts';
import { clearCookie, readCookie, SESSION_COOKIE, SIGN_IN_COOKIE, setCookie } from './cookies.ts';
import type { SignInDeps } from './deps.ts';
import { SESSION_LIFETIME_MS } from './identify.ts';
import { findRunKey } from './run-key.ts';

/**
 * Takes the browser back from the issuer: checks that this browser began the sign-in, has the code redeemed and the ID
 * token checked, and leaves a session for the one run's page. The way back is in the cookie, under our seal; nothing
 * in the address leads anywhere. Writes nothing to the ledger.
 */
export async function finishSignIn(
  request: PageRequest,
  deps: DecideDeps & { signIn: SignInDeps },
  nowMs: number,
): Promise<PageResponse | Refusal> {
  const [linkId = '', ...rest] = (readCookie(request.cookies, SIGN_IN_COOKIE) ?? '').split('.');
  const runKey = await findRunKey(deps.ledger, linkId);
  const opened = runKey && unseal({ ...runKey, purpose: 'sign-in' }, rest.join('.'), nowMs, SIGN_IN_LIFETIME_MS);
  if (!runKey || !opened?.valid) return new Refusal('sign-in-failed');
  const begun = JSON.parse(opened.text) as BegunSignIn;
  const redeemed = await deps.signIn.issuer.redeem(cameBackTo(request), begun);
  if ('refused' in redeemed) {
    deps.log.warn('sign-in refused', { why: redeemed.refused });
    return new Refusal('sign-in-failed');
  }
  const session = seal({ ...runKey, purpose: 'session' }, approverName(redeemed.claims), nowMs);
  const cookies = [setCookie(SESSION_COOKIE, session, SESSION_LIFETIME_MS), clearCookie(SIGN_IN_COOKIE)];
  return { ...seeOther(begun.pagePath), cookies };
}

/** The address as this host has it: only the query is the request's own. */
function cameBackTo(request: PageRequest): URL {
  const address = new URL(redirectUriOf(request));
  address.search = request.query.toString();
  return address;
}
