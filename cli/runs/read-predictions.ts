import type { ChangeLedger } from '../../shared/clients/ledger/ledger.ts';
import type { NightOutcomes } from '../../shared/contracts/night-report.ts';
import { predictionOf } from '../../shared/domain/night/report-page/prediction.ts';
import { isVerified, proveNights } from '../../shared/domain/night/report-page/proof.ts';
import type { VerifiedPrediction } from '../../shared/domain/pricing/calibration.ts';

const READS_AT_ONCE = 25;
/** The newest of them say how good predictions are now, in a second or two of reading. */
const MOST_PREDICTIONS = 500;

/** What was predicted for verified changes of these nights, from the ledger, since reports hold no measured duration. */
export async function readPredictions(
  ledger: Pick<ChangeLedger, 'getChange'>,
  nights: readonly NightOutcomes[],
): Promise<VerifiedPrediction[]> {
  const verified = proveNights(nights).changes.filter(({ outcome }) => isVerified(outcome));
  const newest = verified.slice(-MOST_PREDICTIONS);
  const predictions: VerifiedPrediction[] = [];
  for (let start = 0; start < newest.length; start += READS_AT_ONCE) {
    const group = newest.slice(start, start + READS_AT_ONCE);
    const changes = await Promise.all(
      group.map(({ outcome }) => ledger.getChange(outcome.functionName, outcome.runId)),
    );
    predictions.push(...changes.flatMap((change) => (change && predictionOf(change)) ?? []));
  }
  return predictions;
}
