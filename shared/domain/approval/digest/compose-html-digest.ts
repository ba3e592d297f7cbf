import { calendarDate } from '../../calendar-date.ts';
import { escapeHtml } from '../../escape-html.ts';
import { type PlaceSection, sectionsByPlace } from '../../organization/place-words.ts';
import { savingsOf } from '../proposal/group-proposals.ts';
import { groupTitle } from '../proposal/group-words.ts';
import { counted, instant, usd } from '../proposal/wording.ts';
import type { Digest, DigestRequest } from './compose-digest.ts';
import {
  amountOf,
  coverWarning,
  type DigestProposal,
  type DigestQuestion,
  detailsOf,
  ESTIMATE_WARNING,
  firstCarry,
  furtherChanges,
  groupsPhrase,
  isApprovedByPolicy,
  isCoveredByConsent,
  LINK_WARNING,
  largestQuestions,
  REPORT_PROMISE,
  reportLink,
  sumsByPlace,
} from './digest-words.ts';

/**
 * The digest as HTML: what the plain text says, as a table that reads on a phone. Mail programs know no style sheets,
 * scripts or outside resources, so styles stand at the elements and nothing is loaded from anywhere.
 */
export function composeHtmlDigest(request: DigestRequest, { subject }: Digest): string {
  const { proposals, link, runDate, expiresAt, timeZone, accountNames } = request;
  const approved = proposals.filter(isApprovedByPolicy).length;
  const covered = proposals.filter(isCoveredByConsent).length;
  const cover = coverWarning(proposals);
  const largest = largestQuestions(proposals);
  const further = furtherChanges(proposals, largest);
  const carried = firstCarry(proposals);
  const parts = [
    paragraph(
      `Rightsizer proposes ${counted(proposals.length, 'change')} for the night of ${calendarDate(runDate)}, ` +
        `${savings(proposals)}${groupsPhrase(proposals)}. Decide by ${instant(expiresAt, timeZone)}.`,
    ),
    carried && paragraph(carried),
    placeSums(request),
    covered > 0 && paragraph(`${counted(covered, 'change')} covered by an earlier approval; the page shows whose.`),
    approved > 0 && paragraph(`${counted(approved, 'change')} approved by a policy; the page shows by which rule.`),
    `<p><a href="${escapeHtml(link)}" style="${BUTTON}">Read and decide</a></p>`,
    paragraph('Opening the link changes nothing.'),
    `<table role="presentation" style="border-collapse:collapse;width:100%">${sectionsByPlace(largest, accountNames).map(rows).join('')}</table>`,
    further && paragraph(further),
    paragraph(
      'If nobody answers, nothing changes: what is undecided expires, and the next night proposes again from fresh ' +
        `evidence. ${ESTIMATE_WARNING}`,
    ),
    cover && paragraph(cover),
    `<p>${escapeHtml(REPORT_PROMISE)} <a href="${escapeHtml(reportLink(link))}">report</a>.</p>`,
    paragraph(LINK_WARNING),
  ];
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>` +
    `<body style="${BODY}">${parts.filter(Boolean).join('\n')}</body></html>`
  );
}

const BODY =
  'font:16px/1.5 system-ui,sans-serif;color:#1c2127;background:#ffffff;max-width:40rem;margin:1rem auto;padding:0 1rem';
/** White on this blue has a contrast of 7.1 to 1. */
const BUTTON =
  'display:inline-block;padding:.6rem 1.2rem;background:#0b4f9c;color:#ffffff;text-decoration:none;border-radius:.3rem';
const CELL = 'padding:.5rem .5rem .5rem 0;border-top:1px solid #c9d1d9;vertical-align:top';

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

function savings(proposals: readonly DigestProposal[]): string {
  const total = savingsOf(proposals);
  const amount = `about ${usd(Math.abs(total))} a month (${usd(Math.abs(total) * 12)} a year)`;
  return total < 0 ? `which cost ${amount}` : `which save ${amount}`;
}

/** What each account and region comes to; nothing in a night of one. */
function placeSums({ proposals, accountNames }: DigestRequest): string | undefined {
  const sums = sumsByPlace(proposals, accountNames);
  if (sums.length === 0) return undefined;
  return `<ul>${sums.map(({ label, sum }) => `<li>${escapeHtml(label)}: ${escapeHtml(sum)}</li>`).join('')}</ul>`;
}

function rows({ label, things }: PlaceSection<DigestQuestion>): string {
  const heading = label && `<tr><th colspan="2" style="${CELL};text-align:left">${escapeHtml(label)}</th></tr>`;
  return heading + things.map(row).join('');
}

const row = (question: DigestQuestion): string =>
  `<tr><td style="${CELL}"><strong>${escapeHtml(groupTitle(question.members))}</strong><br>${escapeHtml(detailsOf(question))}</td>` +
  `<td style="${CELL};text-align:right;white-space:nowrap">${escapeHtml(amountOf(question))}</td></tr>`;
