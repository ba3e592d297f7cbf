import type { ProposalRecord } from '../../../contracts/ledger.ts';
import { bareName } from '../../organization/place.ts';
import { sectionsByPlace } from '../../organization/place-words.ts';
import { groupProposals, savingsOf } from '../proposal/group-proposals.ts';
import { groupP95Change } from '../proposal/group-words.ts';
import { changeWithInterval, configurationChange, count, counted, riskWords, usd } from '../proposal/wording.ts';

/* What the plain and the HTML digest say in the same words. */

export type DigestProposal = Pick<
  ProposalRecord,
  'functionName' | 'functionArn' | 'assessment' | 'savings' | 'decision' | 'covers' | 'delivery'
>;

/** More than this nobody reads on a phone before opening the page. */
const LARGEST_SHOWN = 7;

export const LINK_WARNING = 'Whoever holds this link can decide. Forward it only to people who may.';

/** What an approval means beyond the step shown; nothing where no open proposal has further steps. */
export function coverWarning(proposals: readonly DigestProposal[]): string | undefined {
  const isCovering = proposals.some(({ covers, decision }) => covers !== undefined && decision === undefined);
  if (!isCovering) return undefined;
  return 'An approval also covers the further steps the page names beside a change, within its sizes and days; each is verified, and undone if worse. Tick there to be asked again instead.';
}
/** Below the page's address, so the link opens both. */
export const REPORT_PROMISE = 'Once the night is over, its report is under the same link:';

export const reportLink = (link: string): string => `${link}/report`;

export const ESTIMATE_WARNING =
  'Savings are estimates until a change has been verified in production; what got worse is rolled back.';

/** What the mail asks as one: a function, or several that are alike. */
export interface DigestQuestion {
  /** Of the function that saves most. */
  readonly functionName: string;
  readonly functionArn: string;
  readonly members: readonly [DigestProposal, ...DigestProposal[]];
}

/** The questions shown one by one, the largest saving first. */
export const largestQuestions = (proposals: readonly DigestProposal[]): DigestQuestion[] =>
  groupProposals(proposals)
    .slice(0, LARGEST_SHOWN)
    .map(({ name, members }) => ({ functionName: name, functionArn: members[0].functionArn, members }));

/** `; 9 of them are alike, and asked about in 2 groups`; nothing where each question is about one change. */
export function groupsPhrase(proposals: readonly DigestProposal[]): string {
  const asked = proposals.filter(({ decision }) => decision === undefined);
  const groups = groupProposals(asked).filter(({ members }) => members.length > 1);
  if (groups.length === 0) return '';
  const alike = groups.reduce((sum, { members }) => sum + members.length, 0);
  return `; ${count(alike)} of them are alike, and asked about in ${counted(groups.length, 'group')}`;
}

/** `... and 3 further changes on the page.`; nothing where all are shown. */
export function furtherChanges(
  proposals: readonly DigestProposal[],
  shown: readonly DigestQuestion[],
): string | undefined {
  const further = proposals.length - shown.reduce((sum, { members }) => sum + members.length, 0);
  return further > 0 ? `... and ${counted(further, 'further change')} on the page.` : undefined;
}

/** As many as people read before they skim. */
const FIRST_READ = 10;

/** `The first 10 carry about $80.00 a month of it (87 %).`; nothing where there are no more, or safety costs money. */
export function firstCarry(proposals: readonly DigestProposal[]): string | undefined {
  const savings = groupProposals(proposals)
    .map(({ members }) => Math.max(0, savingsOf(members)))
    .toSorted((a, b) => b - a);
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  const [total, first] = [sum(savings), sum(savings.slice(0, FIRST_READ))];
  if (savings.length <= FIRST_READ || total === 0) return undefined;
  return `The first ${FIRST_READ} carry about ${usd(first)} a month of what is saved (${Math.round((100 * first) / total)} %).`;
}

/** What each account and region comes to: `Payments (222222222222) in us-east-1`; nothing in a night of one. */
export const sumsByPlace = (proposals: readonly DigestProposal[], accountNames?: AccountNames): PlaceSum[] =>
  sectionsByPlace(proposals, accountNames)
    .filter(({ label }) => label !== '')
    .map(({ label, things }) => ({
      label,
      sum: `${counted(things.length, 'change')}, ${amountOfSaving(savingsOf(things))}`,
    }));

export interface PlaceSum {
  readonly label: string;
  /** `3 changes, $12.00 a month` */
  readonly sum: string;
}

/** Names that people gave their accounts, by id. */
export type AccountNames = Readonly<Record<string, string>>;

/** What needs nobody any more, and why: a rule approved it, or an earlier approval covers it. */
export const isCoveredByConsent = ({ decision }: DigestProposal): boolean => decision?.by.kind === 'consent';
export const isApprovedByPolicy = ({ decision }: DigestProposal): boolean => decision?.by.kind === 'policy';

/** `memory 1,024 -> 512 MB, p95 ..., low risk`; of several also one of them by name. */
export function detailsOf({ members }: DigestQuestion): string {
  const [{ functionName, assessment, delivery }, ...others] = members;
  const p95 = groupP95Change(members);
  const isGroup = others.length > 0;
  return [
    `${configurationChange(assessment.current, assessment.recommended)}${isGroup ? ' each' : ''}`,
    p95 === undefined ? 'p95 not predicted' : `p95 ${isGroup ? 'at worst ' : ''}${changeWithInterval(p95)}`,
    `${riskWords(assessment.risk)} risk`,
    ...(delivery === 'patch' ? ['by patch only'] : []),
    ...(isGroup ? [`${bareName(functionName)} among them`] : []),
  ].join(', ');
}

/** `$12.00 a month`, or `costs $3.00 a month` */
export const amountOf = ({ members }: DigestQuestion): string => amountOfSaving(savingsOf(members));

function amountOfSaving(saving: number): string {
  return saving < 0 ? `costs ${usd(-saving)} a month` : `${usd(saving)} a month`;
}
