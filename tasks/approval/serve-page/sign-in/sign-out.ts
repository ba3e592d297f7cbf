import { checkSender } from '../decisions/decision-form.ts';
import type { DecideDeps } from '../deps.ts';
import type { PageRequest } from '../request/page-request.ts';
import { Refusal } from '../request/refusal.ts';
import { type PageResponse, pageResponse } from '../request/response.ts';
import { renderSignedOut } from '../view/render-signed-out.ts';
import { clearCookie, SESSION_COOKIE, SIGN_IN_COOKIE } from './cookies.ts';
import type { SignInDeps } from './deps.ts';
import { findRunKey } from './run-key.ts';

/**
 * Ends this browser's session with the page, and shows where its session with the issuer can be ended: a link and not
 * a redirect, since ending that one signs people out of everything else they have open.
 */
export async function signOut(
  request: PageRequest,
  deps: DecideDeps & { signIn: SignInDeps },
): Promise<PageResponse | Refusal> {
  const stranger = checkSender(request);
  if (stranger) return stranger;
  // Whoever holds no link is answered without asking the issuer anything.
  if ((await findRunKey(deps.ledger, request.linkId)) === undefined) return new Refusal('unknown-link');
  const page = renderSignedOut(request.pagePath, await issuersSignOut(deps));
  const cookies = [clearCookie(SESSION_COOKIE), clearCookie(SIGN_IN_COOKIE)];
  return { ...pageResponse(200, page, request.headers['accept-encoding']), cookies };
}

/** An issuer that is away must not keep anybody signed in here. */
async function issuersSignOut({ signIn, log }: DecideDeps & { signIn: SignInDeps }): Promise<string | undefined> {
  try {
    return (await signIn.issuer.signOutAddress())?.href;
  } catch (error) {
    log.error('the issuer could not say where to sign out', error as Error);
    return undefined;
  }
}
