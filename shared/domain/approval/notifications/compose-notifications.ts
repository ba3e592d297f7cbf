import type { ProposalRecord } from '../../../contracts/ledger.ts';
import type { ChangedOutcome } from '../../../contracts/outcome.ts';
import { spokenName, withPlace } from '../../organization/place.ts';
import { groupProposals, type ProposalGroup, savingsOf } from '../proposal/group-proposals.ts';
import { groupTitle } from '../proposal/group-words.ts';
import { configurationChange, counted, instant, RISKS, riskWords, usd } from '../proposal/wording.ts';
import { type Notification, notification } from './notification.ts';

export interface ApprovalsRequest {
  readonly runId: string;
  readonly runDate: string;
  readonly proposals: readonly ProposalRecord[];
  /** ISO 8601. */
  readonly expiresAt: string;
  /** IANA name. */
  readonly timeZone: string;
}

const LARGEST_SHOWN = 5;

/** A night's question in a few lines; the mail and the page have the rest. */
export function approvalsRequested(request: ApprovalsRequest): Notification {
  const { runId, runDate, proposals, expiresAt, timeZone } = request;
  const open = proposals.filter(({ decision }) => decision === undefined);
  const decided = proposals.length - open.length;
  const covered = proposals.filter(({ decision }) => decision?.by.kind === 'consent').length;
  const largest = groupProposals(open).slice(0, LARGEST_SHOWN);
  const further = open.length - largest.reduce((sum, { members }) => sum + members.length, 0);
  const lines = [
    `Saves about ${usd(savingsOf(proposals))} a month. Risk: ${riskCounts(proposals)}.`,
    covered > 0 && `${counted(covered, 'change')} covered by an earlier approval.`,
    decided > covered && `${counted(decided - covered, 'change')} approved by a policy.`,
    ...largest.map(describe),
    further > 0 && `... and ${counted(further, 'further change')}.`,
    open.length > 0 &&
      `Decide by ${instant(expiresAt, timeZone)}: from the mail, or "rightsizer pending --run ${runId}".`,
    open.length > 0 && 'If nobody answers, nothing changes.',
  ];
  const title = `Rightsizer ${runDate}: ${counted(open.length, 'change')} to decide`;
  return notification(title, lines.filter(Boolean).join('\n'), runId);
}

function describe({ name, members }: ProposalGroup<ProposalRecord>): string {
  const { current, recommended, risk } = members[0].assessment;
  const change = configurationChange(current, recommended);
  const saving = usd(savingsOf(members));
  return `- ${withPlace(groupTitle(members), name)}: ${change}, ${saving} a month, ${riskWords(risk)} risk`;
}

function riskCounts(proposals: readonly ProposalRecord[]): string {
  return RISKS.flatMap((risk) => {
    const matching = proposals.filter(({ assessment }) => assessment.risk === risk).length;
    return matching === 0 ? [] : [`${matching} ${riskWords(risk)}`];
  }).join(', ');
}

/** A run that ended in its clean-up; `failure` is error and cause. */
export const runFailed = (runId: string, failure: string): Notification =>
  notification(`Rightsizer: run ${runId} failed`, failure, runId);

/** Changes that people should hear of at once; of the others the report and the page tell. */
export const ALARMING_KINDS = ['RolledBack', 'RollbackRefused'] as const satisfies readonly ChangedOutcome['kind'][];

export function isAlarming({ kind }: Pick<ChangedOutcome, 'kind'>): boolean {
  return (ALARMING_KINDS as readonly string[]).includes(kind);
}

/** A change after which production got worse, undone or not. */
export function changeUndone({ runId, functionName, kind, reason, before, after }: ChangedOutcome): Notification {
  const what = kind === 'RolledBack' ? 'was rolled back' : 'got worse and could not be rolled back';
  const change = before && after ? `${configurationChange(before, after)}: ` : '';
  return notification(
    `Rightsizer: ${spokenName(functionName)} ${what}`,
    `${change}${reason}`,
    `${runId}/${functionName}`,
  );
}
