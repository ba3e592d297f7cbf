import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import type { EvidenceSources } from '../../../shared/clients/evidence-sources.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import type { ProposableOutcome } from '../../../shared/domain/approval/select-proposals.ts';
import { withInforming } from '../../../shared/domain/night/evidence/aggregate-metrics.ts';
import { INFORMING_STATISTICS } from '../../../shared/domain/night/evidence/metric-series.ts';
import { evidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import { type Inspection, refuseUnknown } from './inspect-candidates.ts';

export interface InformApprovers {
  metrics: MetricReader;
  sources: EvidenceSources;
}

/**
 * Adds to what may be proposed how often it fails, is refused and runs at once: no rule asks for that, but who approves
 * does, and these metrics of every function are more than half of what all its metrics cost. Whoever could not see them
 * would approve knowing less than the page promises, so that what they could not be read of is left alone.
 */
export async function informApprovers(
  run: RunContext,
  inspection: Inspection,
  { metrics, sources }: InformApprovers,
): Promise<void> {
  const names = [...inspection.proposable.keys()];
  if (names.length === 0) return;
  const window = evidenceWindow(run);
  const read = await sources.ask('Metrics', () => metrics.readSeries(names, window, INFORMING_STATISTICS));
  for (const [at, [functionName, outcome]] of [...inspection.proposable].entries()) {
    const series = read.available ? read.value[at] : undefined;
    if (series !== undefined)
      inspection.proposable.set(
        functionName,
        informed(outcome, (own) => withInforming(own, series, window)),
      );
    else {
      inspection.proposable.delete(functionName);
      const why = read.available ? { reason: 'CloudWatch had only a part of its metrics to give' } : read;
      refuseUnknown(functionName, inspection, 'how often it fails', why);
    }
  }
}

type Metrics = NonNullable<ProposableOutcome['assessment']['metrics']>;

function informed(outcome: ProposableOutcome, inform: (metrics: Metrics) => Metrics): ProposableOutcome {
  const { assessment } = outcome;
  const { metrics } = assessment;
  return metrics === undefined ? outcome : { ...outcome, assessment: { ...assessment, metrics: inform(metrics) } };
}
