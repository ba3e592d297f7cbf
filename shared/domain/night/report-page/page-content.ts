import { type NightOutcomes, type NightReport, outcomesOf } from '../../../contracts/night-report.ts';
import { type Calibration, calibrate, type VerifiedPrediction } from '../../pricing/calibration.ts';
import { type Balance, balanceOf } from './balance.ts';
import { type Proof, proveNights } from './proof.ts';

export interface ReportPageInput {
  readonly report: NightReport;
  /** Other nights that are still known, in any order; those after the report's own date are left out. */
  readonly otherNights: readonly NightOutcomes[];
  /** Of verified changes; reports hold no measured durations. @default none */
  readonly predictions?: readonly VerifiedPrediction[];
  /** What waits for somebody's decision at this moment. @default none */
  readonly openProposals?: readonly { functionName: string; estimatedSavingsUsdPerMonth: number }[];
}

/** What the sections of the page are made of. */
export interface PageContent {
  readonly report: NightReport;
  /** The report's own night and those before it. */
  readonly nights: readonly NightOutcomes[];
  readonly proof: Proof;
  readonly balance: Balance;
  /** Undefined where no prediction is known to have met production. */
  readonly calibration: Calibration | undefined;
  readonly openProposals: NonNullable<ReportPageInput['openProposals']>;
}

/** Puts a night among those before it. */
export function contentOf({ report, otherNights, openProposals = [], predictions = [] }: ReportPageInput): PageContent {
  const earlier = otherNights.filter(({ runId, runDate }) => runId !== report.runId && runDate <= report.runDate);
  const nights = [...earlier, outcomesOf(report)];
  const proof = proveNights(nights);
  return {
    report,
    nights,
    proof,
    balance: balanceOf(nights, proof),
    calibration: calibrate(predictions),
    openProposals,
  };
}
