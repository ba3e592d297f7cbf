import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import { type ProposalGroup, savingsOf } from '../../shared/domain/approval/proposal/group-proposals.ts';
import { groupCovers, groupP95Change, groupTitle } from '../../shared/domain/approval/proposal/group-words.ts';
import {
  changeWithInterval,
  configurationChange,
  furtherSteps,
  riskWords,
  usd,
} from '../../shared/domain/approval/proposal/wording.ts';
import { actionInWords } from '../../shared/domain/remediation/action-words.ts';
import { type Column, table } from './table.ts';

/** A question, or one function of it. */
interface Row {
  label: string;
  members: ProposalGroup<ProposalRecord>['members'];
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'Function', value: ({ label }) => label },
  {
    heading: 'Change',
    value: ({ members: [{ assessment, remediation }] }) =>
      remediation ? actionInWords(remediation.action) : configurationChange(assessment.current, assessment.recommended),
  },
  { heading: 'Saves a month', align: 'right', value: ({ members }) => usd(savingsOf(members)) },
  {
    heading: 'p95',
    value: ({ members }) => {
      const change = groupP95Change(members);
      return change === undefined ? 'not predicted' : changeWithInterval(change);
    },
  },
  { heading: 'Risk', value: ({ members: [{ assessment }] }) => riskWords(assessment.risk) },
  {
    heading: 'Approving covers',
    value: ({ members }) => {
      const covers = groupCovers(members);
      return covers && furtherSteps(covers);
    },
  },
];

export interface QuestionTableLook {
  colors: boolean;
  widthChars?: number | undefined;
  /** Show each function of a group as well. */
  members: boolean;
}

/** What waits, one row for each question. */
export const questionTable = (
  groups: readonly ProposalGroup<ProposalRecord>[],
  { colors, widthChars, members }: QuestionTableLook,
): string =>
  table(
    COLUMNS,
    groups.flatMap((each) => rowsOf(each, members)),
    colors,
    widthChars,
  );

function rowsOf({ name, members }: ProposalGroup<ProposalRecord>, withMembers: boolean): Row[] {
  if (members.length === 1) return [{ label: members[0].functionName, members }];
  const one: Row = { label: `${groupTitle(members)} (--group ${name})`, members };
  return withMembers
    ? [one, ...members.map((each): Row => ({ label: `- ${each.functionName}`, members: [each] }))]
    : [one];
}
