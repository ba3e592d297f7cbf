import type { QualityReport } from './bench.ts';
import type { ReportRow } from './rows.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)}`;
const list = (shares: readonly number[]): string => shares.map(percent).join(' ');

/** The report as Markdown tables, figures in per cent. */
export function reportTable(report: QualityReport): string {
  const balanced = report.rows.filter((row) => row.regretAfter !== undefined);
  const cost = report.rows.filter((row) => row.costChangeAfter !== undefined);
  return [
    '| recommender | weight of cost | mean regret after 1, 2, 3, 4, 5 changes (%) |',
    '| --- | --- | --- |',
    ...balanced.map((row) => `| ${row.recommender} | ${row.weightOrGuard} | ${list(row.regretAfter!)} |`),
    '',
    '| recommender | guard | cost change (%) | oracle (%) | beyond guard (%) | worst slowdown (%) |',
    '| --- | --- | --- | --- | --- | --- |',
    ...cost.map(costLine),
    '',
    '| sizes observed | median error (%) | p90 error (%) | 90 % interval covers (%) |',
    '| --- | --- | --- | --- |',
    ...report.prediction.rows.map(
      (row) =>
        `| ${row.observations} | ${percent(row.medianError)} | ${percent(row.p90Error)} | ${percent(row.coverage)} |`,
    ),
    '',
    `${report.microsecondsPerRecommendation} µs per recommendation`,
  ].join('\n');
}

function costLine(row: ReportRow): string {
  const severe = `${percent(row.worstSlowdown!)} (${row.severeAvoidable} avoidable, ${row.severeUnavoidable} not, beyond 30)`;
  const cells = [
    row.recommender,
    String(row.weightOrGuard),
    list(row.costChangeAfter!),
    percent(row.oracle!),
    list(row.beyondGuardAfter!),
    severe,
  ];
  return `| ${cells.join(' | ')} |`;
}
