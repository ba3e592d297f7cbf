/** The account's bill before and after Rightsizer, row by row, and what gave how much of the difference. */
export type { CostReport, CostRow, Lever } from '../domain/cost-report/compose-cost-report.ts';
export { type CostReportInput, createCostReport } from './create-cost-report.ts';
