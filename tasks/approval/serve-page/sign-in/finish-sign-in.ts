import { checkIdToken, type TokenVerdict } from '../../../../shared/domain/approval/page-access/id-token.ts';
import { equalInConstantTime } from '../../../../shared/domain/approval/page-access/link-id.ts';
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
 * Takes the browser back from the issuer: checks that this browser began the sign-in, redeems the code, checks the ID
 * token, and leaves a session for the one run's page. Writes nothing to the ledger.
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
  const code = request.query.get('code');
  if (code === null || !equalInConstantTime(request.query.get('state') ?? '', begun.state)) {
    return new Refusal('sign-in-failed');
  }
  const verdict = await redeem(code, begun, request, deps.signIn, nowMs);
  if (!verdict.valid) {
    deps.log.warn('sign-in refused', { why: verdict.why });
    return new Refusal('sign-in-failed');
  }
  const session = seal({ ...runKey, purpose: 'session' }, verdict.name, nowMs);
  const cookies = [setCookie(SESSION_COOKIE, session, SESSION_LIFETIME_MS), clearCookie(SIGN_IN_COOKIE)];
  return { ...seeOther(begun.pagePath), cookies };
}

async function redeem(
  code: string,
  { nonce, verifier }: BegunSignIn,
  request: PageRequest,
  { issuer, issuerId, clientId }: SignInDeps,
  nowMs: number,
): Promise<TokenVerdict> {
  const token = await issuer.redeem({ code, verifier, clientId, redirectUri: redirectUriOf(request) });
  if (token === undefined) return { valid: false, why: 'the issuer refused the code' };
  const expected = { issuer: issuerId, clientId, nonce, nowMs };
  const verdict = checkIdToken(token, { ...expected, keys: await issuer.keys() });
  // Issuers change their keys; a token by a new one is looked at once more with the keys of now.
  if (verdict.valid || !verdict.isForeign) return verdict;
  return checkIdToken(token, { ...expected, keys: await issuer.keys(true) });
}
