import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import { type ProposalGroup, savingsOf } from '../../shared/domain/approval/proposal/group-proposals.ts';
import { groupReason } from '../../shared/domain/approval/proposal/group-words.ts';
import { predictedP95Change } from '../../shared/domain/approval/proposal/predicted-change.ts';
import { counted, instant } from '../../shared/domain/approval/proposal/wording.ts';
import { actionInWords } from '../../shared/domain/remediation/action-words.ts';
import type { CommandResult, Terminal } from '../command.ts';
import { flatTable } from '../output/csv.ts';
import { type QuestionTableLook, questionTable } from '../output/question-table.ts';
import { printable } from '../output/table.ts';
import { type OpenRun, type OpenRunsOptions, readOpenRuns } from '../runs/read-open-runs.ts';

export interface PendingOptions extends OpenRunsOptions {
  /** Show each function of a group as well. */
  members?: boolean;
}

/** What still waits for somebody: of one run, or of all that are not over. Functions that are asked about as one share a row. */
export async function pending(
  options: PendingOptions,
  { environment, ...look }: Pick<Terminal, 'environment' | 'colors' | 'widthChars'>,
  nowMs: number,
): Promise<CommandResult> {
  const open = await readOpenRuns(options, environment, nowMs);
  const count = open.reduce((sum, { proposals }) => sum + proposals.length, 0);
  const said = open.map((each) => describe(each, { ...look, members: options.members === true }));
  const text = count === 0 ? 'Nothing waits for a decision.' : said.join('\n\n');
  return {
    json: {
      pendingCount: count,
      questionCount: open.reduce((sum, { groups }) => sum + groups.length, 0),
      runs: open.map(asJson),
    },
    text,
    flat: flatTable(
      FIELDS,
      open.flatMap(({ proposals, groups }) => proposals.map((each) => ({ ...each, group: groupOf(each, groups) }))),
    ),
    exitCode: 0,
  };
}

type Groups = OpenRun['groups'];

/** The name of the group that a proposal is asked about with; nothing where it is a question of its own. */
function groupOf({ functionName }: ProposalRecord, groups: Groups): string | undefined {
  const own = groups.find(({ members }) => members.some((each) => each.functionName === functionName));
  return own !== undefined && own.members.length > 1 ? own.name : undefined;
}

function asJson({ run, proposals, groups }: OpenRun) {
  return {
    runId: run.runId,
    runDate: run.runDate,
    expiresAt: run.approvalExpiresAt,
    groups: groups.filter(({ members }) => members.length > 1).map(groupAsJson),
    proposals: proposals.map(({ functionName, functionArn, assessment, savings, covers, delivery, remediation }) => ({
      functionName,
      functionArn,
      current: assessment.current,
      recommended: assessment.recommended,
      savingsUsdPerMonth: savings.savingsUsdPerMonth,
      p95Change: predictedP95Change(assessment) ?? null,
      risk: assessment.risk,
      reason: assessment.reason,
      owner: assessment.owner,
      ...(covers && { covers }),
      delivery: delivery ?? 'apply',
      ...(remediation && { remediation }),
    })),
  };
}

const groupAsJson = ({ name, members }: ProposalGroup<ProposalRecord>) => ({
  name,
  functionNames: members.map(({ functionName }) => functionName),
  savingsUsdPerMonth: savingsOf(members),
  risk: members[0].assessment.risk,
  reason: groupReason(members),
});

function describe({ run, proposals, groups }: OpenRun, look: QuestionTableLook): string {
  const what = `${occasionOf(run, proposals)}: ${counted(proposals.length, 'change')} to decide`;
  if (proposals.length === 0) return `${what}.`;
  return [
    `${what} by ${instant(run.approvalExpiresAt, localTimeZone())}`,
    '',
    questionTable(groups, look),
    '',
    `Decide: rightsizer approve --run ${run.runId} <function ...>   (or reject; ${groups.length < proposals.length ? 'or --group <name>; ' : ''}or --all)`,
  ].join('\n');
}

/** A remediation's question says what rang, since nobody knows it by its run's id. */
function occasionOf(run: OpenRun['run'], proposals: OpenRun['proposals']): string {
  const alarm = proposals[0]?.remediation?.alarmName;
  return alarm === undefined ? `Run ${run.runId}` : printable(`Run ${run.runId}, in answer to alarm ${alarm}`);
}

const localTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const FIELDS: Parameters<typeof flatTable<ProposalRecord & { group: string | undefined }>>[0] = {
  runId: ({ runId }) => runId,
  functionName: ({ functionName }) => functionName,
  memorySizeMbBefore: ({ assessment }) => assessment.current.memorySizeMb,
  memorySizeMbAfter: ({ assessment }) => assessment.recommended.memorySizeMb,
  timeoutSecondsBefore: ({ assessment }) => assessment.current.timeoutSeconds,
  timeoutSecondsAfter: ({ assessment }) => assessment.recommended.timeoutSeconds,
  savingsUsdPerMonth: ({ savings }) => savings.savingsUsdPerMonth,
  risk: ({ assessment }) => assessment.risk,
  remediation: ({ remediation }) => remediation && actionInWords(remediation.action),
  reason: ({ assessment }) => assessment.reason,
  expiresAt: ({ expiresAt }) => expiresAt,
  group: ({ group }) => group,
};
