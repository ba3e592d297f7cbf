import type { ChangedOutcome } from '../../contracts/outcome.ts';
import { predictionOf } from '../../domain/night/report-page/prediction.ts';
import type { VerifiedPrediction } from '../../domain/pricing/calibration.ts';
import type { ChangeLedger } from './ledger.ts';

const READS_AT_ONCE = 25;

/** What was predicted for verified changes, and met; from the ledger, since reports hold no measured duration. */
export async function readPredictions(
  ledger: Pick<ChangeLedger, 'getChange'>,
  verified: readonly Pick<ChangedOutcome, 'functionName' | 'runId'>[],
): Promise<VerifiedPrediction[]> {
  const predictions: VerifiedPrediction[] = [];
  for (let start = 0; start < verified.length; start += READS_AT_ONCE) {
    const group = verified.slice(start, start + READS_AT_ONCE);
    const changes = await Promise.all(group.map(({ functionName, runId }) => ledger.getChange(functionName, runId)));
    predictions.push(...changes.flatMap((change) => (change && predictionOf(change)) ?? []));
  }
  return predictions;
}
