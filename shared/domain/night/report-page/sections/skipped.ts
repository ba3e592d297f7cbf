import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { type Html, html } from '../../../html.ts';
import { spokenName } from '../../../organization/place.ts';
import { tenths } from '../charts/frame.ts';
import { capped } from '../figures.ts';
import { type LeftAlone, leftAlone } from '../left-alone.ts';
import type { PageContent } from '../page-content.ts';
import { reasonWords } from '../words.ts';
import { names } from './waiting.ts';

const BAR = { width: 120, height: 10 } as const;

/** Which functions nothing was proposed for because they could not or may not be judged. */
export function skippedSection({ report }: PageContent): Html {
  const groups = leftAlone(report);
  if (groups.length === 0) return html``;
  const x = scaleLinear()
    .domain([0, max(groups, ({ functionNames }) => functionNames.length) ?? 1])
    .range([0, BAR.width]);
  return html`<section aria-labelledby="skipped"><h2 id="skipped">Left alone, and why</h2>
<table class="reasons"><caption class="unseen">Functions left alone by reason</caption><thead class="unseen"><tr><th scope="col">Functions</th><th scope="col">Share</th><th scope="col">Reason</th></tr></thead><tbody>
${groups.map((each) => row(each, x(each.functionNames.length)))}
</tbody></table></section>`;
}

function row({ reason, example, functionNames }: LeftAlone, width: number): Html {
  return html`<tr><td class="num">${functionNames.length}</td><td><svg class="bar" viewBox="0 0 ${BAR.width} ${BAR.height}" aria-hidden="true"><rect width="${tenths(Math.max(2, width))}" height="${BAR.height}"/></svg></td><td><details><summary>${reasonWords(reason)}</summary><p class="quiet">${spokenName(functionNames[0]!)}: ${capped(example)}</p>${names(functionNames)}</details></td></tr>`;
}
