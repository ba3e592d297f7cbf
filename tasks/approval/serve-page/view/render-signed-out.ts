import { type Html, html } from './html.ts';
import { renderDocument } from './render-document.ts';

/** After a sign-out here; `issuersSignOut` is where the issuer ends its own session, where it has such a place. */
export function renderSignedOut(pagePath: string, issuersSignOut: string | undefined): Html {
  return renderDocument(
    'You are signed out',
    html`<main class="refusal" id="main">
<p class="brand">Rightsizer</p>
<h1>You are signed out</h1>
<p>This browser can decide nothing here until somebody signs in again. Where you signed in, you may still be known: then
the page opens again without asking for a password.</p>
${issuersSignOut !== undefined && html`<p><a class="button" href="${issuersSignOut}" rel="noreferrer">Sign out there as well</a></p>`}
<p><a href="${pagePath}">Sign in again</a></p>
</main>`,
  );
}
