import { calendarDate } from '../../calendar-date.ts';
import { sectionsByPlace } from '../../organization/place-words.ts';
import { savingsOf } from '../proposal/group-proposals.ts';
import { groupTitle } from '../proposal/group-words.ts';
import { counted, instant, RISKS, riskWords, timeSpan, usd } from '../proposal/wording.ts';
import {
  type AccountNames,
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
import { DIGEST_COLUMNS, facing, wrap } from './lay-out-text.ts';

export type { DigestProposal } from './digest-words.ts';

export interface DigestRequest {
  readonly runId: string;
  /** Local date of the night, `2026-11-23`. */
  readonly runDate: string;
  readonly proposals: readonly DigestProposal[];
  /** The page's address; the only secret in the mail. */
  readonly link: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** IANA name of the readers' time zone. */
  readonly timeZone: string;
  /** ISO 8601. */
  readonly now: string;
  /** Names that people gave the organization's accounts, by id. @default - none */
  readonly accountNames?: AccountNames;
}

export interface Digest {
  /** Printable ASCII, shorter than 100 characters, as SNS demands. */
  readonly subject: string;
  /** Plain text of at most 72 columns, but for the link, which nothing may break. */
  readonly message: string;
}

/** SNS: "must be less than 100 characters long". */
const SUBJECT_MAX_CHARS = 99;
/** The one mail of a night: what would change, what it saves, where to decide, and what silence means. */
export function composeDigest(request: DigestRequest): Digest {
  const { proposals, link, runDate, expiresAt, timeZone, accountNames } = request;
  const largest = largestQuestions(proposals);
  const further = furtherChanges(proposals, largest);
  const carried = firstCarry(proposals);
  const cover = coverWarning(proposals);
  const paragraphs = [
    wrap(
      `Rightsizer proposes ${counted(proposals.length, 'change')} for the night of ${calendarDate(runDate)}` +
        `${groupsPhrase(proposals)}.`,
    ),
    summary(request).join('\n'),
    carried && wrap(carried),
    byPlace(request),
    ['Read and decide here; opening the link changes nothing:', '', link].join('\n'),
    proposals.length === 1 ? 'The change' : further ? 'The largest changes' : 'The changes',
    ...described(largest, accountNames),
    further && wrap(further),
    wrap(
      `If nobody answers, nothing changes: what is undecided at ${instant(expiresAt, timeZone)} expires, and the next night ` +
        `proposes again from fresh evidence. ${ESTIMATE_WARNING}`,
    ),
    cover && wrap(cover),
    [REPORT_PROMISE, '', reportLink(link)].join('\n'),
    wrap(LINK_WARNING),
  ];
  return { subject: subjectOf(request), message: `${paragraphs.filter(Boolean).join('\n\n')}\n` };
}

function subjectOf({ proposals, runDate }: DigestRequest): string {
  const subject = `Rightsizer ${runDate}: ${counted(proposals.length, 'change')} ${savingPhrase(savingsOf(proposals))}`;
  return subject.replace(/[^\x20-\x7e]/g, '?').slice(0, SUBJECT_MAX_CHARS);
}

/** `to save $412.00 a month` or, where safety costs more than the rest saves, what that costs. */
function savingPhrase(usdPerMonth: number): string {
  return usdPerMonth < 0 ? `to buy safety for ${usd(-usdPerMonth)} a month` : `to save ${usd(usdPerMonth)} a month`;
}

function summary({ proposals, expiresAt, timeZone, now }: DigestRequest): string[] {
  const saving = savingsOf(proposals);
  const left = timeSpan(Date.parse(expiresAt) - Date.parse(now));
  return [
    `  ${saving < 0 ? 'Costs ' : 'Saves '}    about ${usd(Math.abs(saving))} a month (${usd(Math.abs(saving) * 12)} a year)`,
    `  Risk      ${riskCounts(proposals)}`,
    `  Decide    by ${instant(expiresAt, timeZone)}`,
    `            (${left} from now)`,
    ...safetyLine(proposals),
    ...policyLine(proposals),
  ];
}

/** More memory for those that run short hides in a total of savings, so it is said on its own. */
function safetyLine(proposals: readonly DigestProposal[]): string[] {
  const short = proposals.filter((each) => each.assessment.findingReasons.includes('MemoryUnderprovisioned')).length;
  return short === 0 ? [] : [`  Safety    ${counted(short, 'function')} would get more memory`];
}

/** What needs nobody any more; the page shows by which rule, and by whose approval. */
function policyLine(proposals: readonly DigestProposal[]): string[] {
  const approved = proposals.filter(isApprovedByPolicy).length;
  const covered = proposals.filter(isCoveredByConsent).length;
  const open = proposals.length - approved - covered;
  const rest = open === 0 ? 'nothing is left to decide' : `${open} left to decide`;
  return [
    ...(approved > 0 ? [`  Policy    approved ${counted(approved, 'change')}, ${rest}`] : []),
    ...(covered > 0 ? [`  Consent   given earlier covers ${counted(covered, 'change')}, ${rest}`] : []),
  ];
}

function riskCounts(proposals: readonly DigestProposal[]): string {
  return RISKS.flatMap((risk) => {
    const matching = proposals.filter((each) => each.assessment.risk === risk).length;
    return matching === 0 ? [] : [`${matching} ${riskWords(risk)}`];
  }).join(', ');
}

/** What each account and region comes to, on lines of its own; nothing in a night of one. */
function byPlace({ proposals, accountNames }: DigestRequest): string | undefined {
  const sums = sumsByPlace(proposals, accountNames);
  if (sums.length === 0) return undefined;
  return ['By account and region', '', ...sums.map(({ label, sum }) => facing(label, sum, DIGEST_COLUMNS))].join('\n');
}

/** The changes, each account and region's under its name where there are several. */
function described(asked: readonly DigestQuestion[], accountNames: AccountNames | undefined): string[] {
  return sectionsByPlace(asked, accountNames).flatMap(({ label, things }) => [
    ...(label === '' ? [] : [wrap(`In ${label}:`)]),
    ...things.map(describeQuestion),
  ]);
}

const describeQuestion = (question: DigestQuestion): string =>
  [facing(groupTitle(question.members), amountOf(question)), wrap(detailsOf(question), '    ')].join('\n');
