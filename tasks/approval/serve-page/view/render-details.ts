import type { AssessedCandidate, Assessment } from '../../../../shared/contracts/assessment.ts';
import { infrastructurePatch } from '../../../../shared/domain/approval/infrastructure-patch/infrastructure-patch.ts';
import { duration, megabytes, toolName } from '../../../../shared/domain/approval/proposal/wording.ts';
import { change, money } from './figures.ts';
import { type Html, html } from './html.ts';
import { nameAloud } from './name-aloud.ts';
import type { ProposalView } from './proposal-view.ts';
import { renderCurves } from './render-curves.ts';
import { renderEvidence } from './render-evidence.ts';

/** What stands behind a proposal: curve, sizes considered, evidence, and the patch for its owner's source. */
export function renderDetails(view: ProposalView): Html {
  const { assessment, record } = view;
  const name = nameAloud(view);
  if (record.remediation !== undefined) return renderAlarm(view, record.remediation);
  return html`<details><summary>Curve, evidence and patch<span class="unseen"> for ${name}</span></summary>
<div class="details">
<p class="why">${assessment.reason}</p>
${renderCurves(assessment, name)}
${assessment.candidates.length > 0 && renderCandidates(assessment, name)}
${renderEvidence(view)}
${assessment.advice.length > 0 && renderAdvice(assessment)}
${renderPatch(view)}
</div></details>`;
}

/** What is known of a question that an alarm raised: the alarm, and what it was found to mean. */
function renderAlarm(
  { assessment, functionName }: ProposalView,
  { alarmName, cause, action }: NonNullable<ProposalView['record']['remediation']>,
): Html {
  const facts = [
    ['Alarm', alarmName],
    ['Found', cause],
    ['Action', action.kind],
  ] as const;
  return html`<details><summary>Alarm and action<span class="unseen"> for ${functionName}</span></summary>
<div class="details">
<p class="why">${assessment.reason}</p>
<section><h3>Alarm</h3><dl class="facts">${facts.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl></section>
</div></details>`;
}

function renderCandidates(assessment: Assessment, functionName: string): Html {
  return html`<section class="sizes"><h3>Sizes considered</h3>
<div class="scroll" tabindex="0" role="group" aria-label="Sizes considered for ${functionName}"><table>
<thead><tr><th scope="col">Memory</th><th scope="col">Mean duration</th><th scope="col">p95 duration</th><th scope="col">Cost of a million</th><th scope="col">Cost</th><th scope="col">Within the limit</th></tr></thead>
<tbody>${assessment.candidates.map((each) => renderCandidate(each, assessment))}</tbody>
</table></div>
<p class="quiet">Predicted; intervals hold nine times out of ten. The limit is how much slower than before the policy lets it get.</p></section>`;
}

function renderCandidate(candidate: AssessedCandidate, { current, recommended }: Assessment): Html {
  const isCurrent = candidate.memorySizeMb === current.memorySizeMb;
  const isRecommended = candidate.memorySizeMb === recommended.memorySizeMb;
  return html`<tr class="${isRecommended ? 'recommended' : isCurrent ? 'current' : ''}"><th scope="row">${megabytes(candidate.memorySizeMb)}${
    isCurrent && html` <small>now</small>`
  }${isRecommended && !isCurrent && html` <small>proposed</small>`}${candidate.observed && !isCurrent && html` <small>seen</small>`}</th>
<td>${duration(candidate.meanDurationMs)} <small>${duration(candidate.meanDurationLowerMs)} to ${duration(candidate.meanDurationUpperMs)}</small></td>
<td>${duration(candidate.p95DurationMs)} <small>${duration(candidate.p95DurationLowerMs)} to ${duration(candidate.p95DurationUpperMs)}</small></td>
<td>${money(candidate.costUsdPerMillion)}</td><td>${isCurrent ? '' : change(candidate.relativeCost - 1)}</td><td>${candidate.meetsGuard ? 'yes' : 'no'}</td></tr>`;
}

function renderAdvice({ advice }: Assessment): Html {
  return html`<section><h3>Also worth a look</h3><ul>${advice.map(
    (each) =>
      html`<li>${each.message}${each.estimatedSavingsUsdPerMonth !== undefined && ` (about ${money(each.estimatedSavingsUsdPerMonth)} a month)`}</li>`,
  )}</ul></section>`;
}

/** Which of the two ways this stage goes with functions that are kept as code. */
const deliveryWords = (delivery: ProposalView['record']['delivery']): string =>
  delivery === 'patch'
    ? 'Kept as code, and changed by its deployments only: an approval writes nothing to the function. The change goes to its source as this patch, and is verified once a deployment has carried it.'
    : 'Kept as code: an approval changes the function at once, and its next deployment puts the old values back unless its source has this patch by then.';

function renderPatch(view: ProposalView): Html {
  const { assessment, record, shortName } = view;
  const patch = infrastructurePatch(assessment.owner, {
    functionName: shortName,
    before: assessment.current,
    after: assessment.recommended,
  });
  if (patch === undefined) {
    return html`<section><h3>Owner's source</h3><p>The function's tags name no tool that deploys it. If one does, change it there as well, or its next deployment may put the old values back.</p></section>`;
  }
  return html`<section><h3>Patch for ${toolName(patch.tool)}</h3><p>${deliveryWords(record.delivery)} ${patch.where}</p>
<pre class="patch" tabindex="0" role="group" aria-label="Patch for ${nameAloud(view)}"><code>${patch.text.split('\n').map(renderPatchLine)}</code></pre></section>`;
}

function renderPatchLine(line: string): Html {
  const tone = line.startsWith('-') ? 'del' : line.startsWith('+') ? 'ins' : undefined;
  if (tone === 'del') return html`<del>${line}</del>\n`;
  return tone === 'ins' ? html`<ins>${line}</ins>\n` : html`${line}\n`;
}
