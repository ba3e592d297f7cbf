import Table from 'cli-table3';
import type { SettingsReport } from '../../../shared/contracts/auto-scaling.ts';
import type { ColdStartAdvice } from '../../../shared/contracts/cold-start.ts';
import { type ConfigureDemoResult, changesOf } from './run-configure-demo.ts';

const REASON_WIDTH = 96;
const MOST_ROWS = 14;

export function printJson(result: ConfigureDemoResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Tables of what was set, what was left and why, and what a second pass found to do. */
export function printReport(result: ConfigureDemoResult): void {
  const lines = [
    ...section('ConfigureAutoScaling', result.autoScaling),
    ...section('ApplyColdStartMitigation', result.coldStart),
    ...arithmetic(result.coldStart.advice),
    `Second pass: ${changesOf(result.second)} changes, ${result.second.autoScaling.counts.unchanged + result.second.coldStart.counts.unchanged} settings as they were left.`,
    ...(result.undone
      ? [`Undone: ${result.undone.autoScaling.counts.removed + result.undone.coldStart.counts.removed} settings.`]
      : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function section(title: string, report: SettingsReport): string[] {
  const { counts } = report;
  return [
    `\n${title}: ${counts.created} created, ${counts.updated} updated, ${counts.unchanged} unchanged, ${counts.skipped} skipped, ${counts.failed} failed`,
    tableOf(
      'set',
      [...report.created, ...report.updated].map((each) => [`${each.resource} ${each.setting}`, each.reason]),
      counts.created + counts.updated,
    ),
    tableOf(
      'left',
      [...report.skipped, ...report.failed].map((each) => [each.resource, each.reason]),
      counts.skipped + counts.failed,
    ),
  ];
}

/** @param count of rows, listed or not */
function tableOf(what: string, rows: readonly (readonly string[])[], count: number): string {
  const table = new Table({
    head: [what, 'why'],
    colWidths: [null, REASON_WIDTH],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const row of rows.slice(0, MOST_ROWS)) table.push([...row]);
  const shown = Math.min(rows.length, MOST_ROWS);
  if (count > shown)
    table.push([`and ${count - shown} more`, 'see --json, and the objects that its `wholeLists` names']);
  return table.toString();
}

/** The sums behind one measured decision, for an example. */
function arithmetic(advice: readonly ColdStartAdvice[]): string[] {
  const example = advice.find((each) => each.arithmetic.length > 0);
  if (example === undefined) return [''];
  return [`\n${example.resource}: ${example.reason}`, ...example.arithmetic.map((line) => `  ${line}`), ''];
}
