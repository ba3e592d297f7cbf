import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import type { SourceAnswer } from '../../../shared/clients/evidence-sources.ts';
import type { PlacedSources } from '../../../shared/clients/placed-sources.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import type { ProposableOutcome } from '../../../shared/domain/approval/select-proposals.ts';
import { withInforming } from '../../../shared/domain/night/evidence/aggregate-metrics.ts';
import { type FunctionSeries, INFORMING_STATISTICS } from '../../../shared/domain/night/evidence/metric-series.ts';
import { byWindow, type EvidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import { byPlace } from '../../../shared/domain/organization/place.ts';
import { type Inspection, refuseUnknown } from './inspect-candidates.ts';

export interface InformApprovers {
  metrics: MetricReader;
  sources: PlacedSources;
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
  const assessments = [...inspection.proposable.values()].map(({ assessment }) => assessment);
  // Beside each other, or those that never answer would add up.
  await Promise.all(
    byPlace(assessments, ({ functionName }) => functionName).map(async ({ place, things }) => {
      for (const { window, names } of byWindow(run, things)) {
        const ask = () => metrics.readSeries(names, window, INFORMING_STATISTICS);
        inform(names, inspection, await sources.at(place).ask('Metrics', ask), window);
      }
    }),
  );
}

function inform(
  names: readonly string[],
  inspection: Inspection,
  read: SourceAnswer<(FunctionSeries | undefined)[]>,
  window: EvidenceWindow,
): void {
  for (const [at, functionName] of names.entries()) {
    const outcome = inspection.proposable.get(functionName)!;
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
