import { usd } from '../../shared/domain/approval/proposal/wording.ts';
import { type Column, table } from '../output/table.ts';
import type { AccountAssessment } from './assess-account.ts';

type Row = AccountAssessment['functions'][number];

/** What `--json` prints: numbers for machines, nothing that was only needed on the way. */
export function assessmentJson(found: AccountAssessment): Record<string, unknown> {
  const worth = found.functions.filter(({ worthProposing }) => worthProposing);
  return {
    functionsAssessed: found.functions.length,
    functionsWithFinding: found.functions.filter(({ assessment }) => assessment.finding !== 'Unavailable').length,
    worthProposing: worth.length,
    savingsUsdPerMonth: total(worth),
    costUsdPerMonth: found.functions.reduce((sum, { savings }) => sum + savings.costUsdPerMonthBefore, 0),
    functions: found.functions.map(({ assessment, savings, worthProposing }) => ({
      functionName: assessment.functionName,
      finding: assessment.finding,
      current: assessment.current,
      recommended: assessment.recommended,
      worthProposing,
      savingsUsdPerMonth: savings.savingsUsdPerMonth,
      costUsdPerMonth: savings.costUsdPerMonthBefore,
      risk: assessment.risk,
      reason: assessment.reason,
    })),
    excluded: found.excluded,
    unavailableSources: found.unavailableSources,
    logsScannedBytes: found.scannedBytes,
  };
}

const total = (rows: readonly Row[]): number => rows.reduce((sum, { savings }) => sum + savings.savingsUsdPerMonth, 0);

const arrow = (from: number, to: number, unit: string): string =>
  from === to ? `${from} ${unit}` : `${from} -> ${to} ${unit}`;

const COLUMNS: readonly Column<Row>[] = [
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
  const worth = found.functions.filter(({ worthProposing }) => worthProposing);
  const bill = found.functions.reduce((sum, { savings }) => sum + savings.costUsdPerMonthBefore, 0);
  return [
    `${found.functions.length} functions assessed, about ${usd(bill)} a month.`,
    worth.length === 0
      ? 'Nothing is worth changing.'
      : `${worth.length} worth changing, ${usd(total(worth))} a month by estimate:\n\n${table(COLUMNS, worth, colors)}`,
    leftAlone(found),
    ...found.unavailableSources.map(({ source, reason }) => `Not read: ${source} (${reason})`),
    'Nothing was changed. A deployed Rightsizer asks first, changes in small steps, verifies and takes back what got worse.',
  ].join('\n\n');
}

function leftAlone({ functions, excluded }: AccountAssessment): string {
  const reasons = [
    ...excluded.map(({ reason }) => reason as string),
    ...functions
      .filter(({ worthProposing }) => !worthProposing)
      .map(({ assessment }) =>
        assessment.finding === 'Unavailable'
          ? 'not enough evidence'
          : assessment.finding === 'Optimized'
            ? 'right as it is'
            : 'not worth a change',
      ),
  ];
  const counts = new Map<string, number>();
  for (const each of reasons) counts.set(each, (counts.get(each) ?? 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
  return parts.length === 0 ? 'No function is left alone.' : `Left alone: ${parts.join(', ')}.`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string | number): string => String(text).replace(/[&<>"']/g, (each) => ENTITIES[each]!);
const cells = (tag: 'td' | 'th', values: readonly (string | number)[]): string =>
  `<tr>${values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join('')}</tr>`;

/** One self-contained page; names and reasons come from outside, so everything is escaped. */
export function assessmentHtml(found: AccountAssessment): string {
  const worth = found.functions.filter(({ worthProposing }) => worthProposing);
  const head = COLUMNS.map(({ heading }) => heading);
  const rows = worth.map((row) =>
    cells(
      'td',
      COLUMNS.map(({ value }) => value(row) ?? ''),
    ),
  );
  const alone = found.excluded.map(({ functionName, reason, message }) => cells('td', [functionName, reason, message]));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rightsizer assessment</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:80rem;margin:1rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #8888;vertical-align:top}</style></head><body>
<h1>${worth.length} of ${found.functions.length} functions are worth changing: ${escaped(usd(total(worth)))} a month by estimate</h1>
<table><thead>${cells('th', head)}</thead><tbody>${rows.join('\n')}</tbody></table>
<h2>Left alone</h2><p>${escaped(leftAlone(found))}</p><table><tbody>${alone.join('\n')}</tbody></table>
</body></html>\n`;
}
