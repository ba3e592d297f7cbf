import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import { predictedP95Change } from '../../shared/domain/approval/proposal/predicted-change.ts';
import {
  changeWithInterval,
  configurationChange,
  counted,
  furtherSteps,
  instant,
  riskWords,
  usd,
} from '../../shared/domain/approval/proposal/wording.ts';
import { actionInWords } from '../../shared/domain/remediation/action-words.ts';
import type { CommandResult, Terminal } from '../command.ts';
import { flatTable } from '../output/csv.ts';
import { type Column, printable, table } from '../output/table.ts';
import { type OpenRun, type OpenRunsOptions, readOpenRuns } from '../runs/read-open-runs.ts';

/** What still waits for somebody: of one run, or of all that are not over. */
export async function pending(
  options: OpenRunsOptions,
  { environment, ...look }: Pick<Terminal, 'environment' | 'colors' | 'widthChars'>,
  nowMs: number,
): Promise<CommandResult> {
  const open = await readOpenRuns(options, environment, nowMs);
  const count = open.reduce((sum, { proposals }) => sum + proposals.length, 0);
  const text = count === 0 ? 'Nothing waits for a decision.' : open.map((each) => describe(each, look)).join('\n\n');
  return {
    json: { pendingCount: count, runs: open.map(asJson) },
    text,
    flat: flatTable(
      FIELDS,
      open.flatMap(({ proposals }) => proposals),
    ),
    exitCode: 0,
  };
}

function asJson({ run, proposals }: OpenRun) {
  return {
    runId: run.runId,
    runDate: run.runDate,
    expiresAt: run.approvalExpiresAt,
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

const COLUMNS: readonly Column<ProposalRecord>[] = [
  { heading: 'Function', value: ({ functionName }) => functionName },
  {
    heading: 'Change',
    value: ({ assessment, remediation }) =>
      remediation ? actionInWords(remediation.action) : configurationChange(assessment.current, assessment.recommended),
  },
  { heading: 'Saves a month', align: 'right', value: ({ savings }) => usd(savings.savingsUsdPerMonth) },
  {
    heading: 'p95',
    value: ({ assessment }) => {
      const change = predictedP95Change(assessment);
      return change === undefined ? 'not predicted' : changeWithInterval(change);
    },
  },
  { heading: 'Risk', value: ({ assessment }) => riskWords(assessment.risk) },
  { heading: 'Approving covers', value: ({ covers }) => covers && furtherSteps(covers) },
];

function describe(
  { run, proposals }: OpenRun,
  { colors, widthChars }: Pick<Terminal, 'colors' | 'widthChars'>,
): string {
  const what = `${occasionOf({ run, proposals })}: ${counted(proposals.length, 'change')} to decide`;
  if (proposals.length === 0) return `${what}.`;
  return [
    `${what} by ${instant(run.approvalExpiresAt, localTimeZone())}`,
    '',
    table(COLUMNS, proposals, colors, widthChars),
    '',
    `Decide: rightsizer approve --run ${run.runId} <function ...>   (or reject; or --all)`,
  ].join('\n');
}

/** A remediation's question says what rang, since nobody knows it by its run's id. */
function occasionOf({ run, proposals }: OpenRun): string {
  const alarm = proposals[0]?.remediation?.alarmName;
  return alarm === undefined ? `Run ${run.runId}` : printable(`Run ${run.runId}, in answer to alarm ${alarm}`);
}

const localTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const FIELDS: Parameters<typeof flatTable<ProposalRecord>>[0] = {
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
};
