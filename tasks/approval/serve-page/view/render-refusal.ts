import { REFUSALS, type RefusalReason } from '../request/refusal.ts';
import { type Html, html } from './html.ts';
import { renderDocument } from './render-document.ts';

/** One page for everything that is refused; `backTo` is the run's page where there is one to go back to. */
export function renderRefusal(why: RefusalReason, backTo: string | undefined): Html {
  const [, title, text] = REFUSALS[why];
  return renderDocument(
    title,
    html`<main class="refusal" id="main">
<p class="brand">Rightsizer</p>
<h1>${title}</h1>
<p>${text}</p>
${backTo !== undefined && html`<p><a class="button" href="${backTo}">Back to the run</a></p>`}
</main>`,
  );
}
