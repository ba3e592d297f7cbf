import { usd } from '../../shared/domain/approval/proposal/wording.ts';
import { type Column, table } from '../output/table.ts';
import type { AccountAssessment } from './assess-account.ts';
import { type AssessedRow, leftAloneWords, totalsOf } from './assessment-totals.ts';

const arrow = (from: number, to: number, unit: string): string =>
  from === to ? `${from} ${unit}` : `${from} -> ${to} ${unit}`;

export const ASSESSMENT_COLUMNS: readonly Column<AssessedRow>[] = [
  { heading: 'Function', value: ({ assessment }) => assessment.functionName },
  { heading: 'Saves a month', align: 'right', value: ({ savings }) => usd(savings.savingsUsdPerMonth) },
  {
    heading: 'Memory',
    value: ({ assessment: { current, recommended } }) => arrow(current.memorySizeMb, recommended.memorySizeMb, 'MB'),
  },
  {
    heading: 'Timeout',
    value: ({ assessment: { current, recommended } }) => arrow(current.timeoutSeconds, recommended.timeoutSeconds, 's'),
  },
  { heading: 'Risk', value: ({ assessment }) => assessment.risk },
  { heading: 'Why', value: ({ assessment }) => assessment.reason },
];

/** A table of what is worth changing, and counts of everything else with the reasons. */
export function assessmentText(found: AccountAssessment, colors: boolean): string {
  const { worth, savingsUsdPerMonth, costUsdPerMonth } = totalsOf(found);
  return [
    `${found.functions.length} functions assessed, about ${usd(costUsdPerMonth)} a month.`,
    worth.length === 0
      ? 'Nothing is worth changing.'
      : `${worth.length} worth changing, ${usd(savingsUsdPerMonth)} a month by estimate:\n\n${table(ASSESSMENT_COLUMNS, worth, colors)}`,
    leftAloneWords(found),
    ...found.unavailableSources.map(({ source, reason }) => `Not read: ${source} (${reason})`),
    'Nothing was changed. A deployed Rightsizer asks first, changes in small steps, verifies and takes back what got worse.',
  ].join('\n\n');
}
