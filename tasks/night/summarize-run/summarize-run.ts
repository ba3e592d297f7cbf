import type { Artifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import type { OutcomeEvent, OutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import type { RunLedger } from '../../../shared/clients/ledger/ledger.ts';
import { parseSummarizeRunInput, type RunSummary, type SummarizeRunInput } from '../../../shared/contracts/change.ts';
import type { ChangedOutcome } from '../../../shared/contracts/outcome.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { changeUndone, isAlarming } from '../../../shared/domain/approval/notifications/compose-notifications.ts';
import {
  countNight,
  type NightResults,
  sumSavings,
  unavailableSourcesOf,
} from '../../../shared/domain/night/summary/summarize.ts';
import { readNight } from './read-night.ts';

export interface SummarizeRunDependencies {
  artifacts: Artifacts;
  ledger: Pick<RunLedger, 'updateRun'>;
  events: OutcomeEvents;
  /** Writes the run's metrics; never fails. */
  publishMetrics(summary: RunSummary): void;
}

/** Counts the night, writes its report, tells the bus, and marks the run as done. */
export async function summarizeRun(event: unknown, dependencies: SummarizeRunDependencies): Promise<RunSummary> {
  const input = parseSummarizeRunInput(event);
  const { artifacts, events, ledger, publishMetrics } = dependencies;
  const night = await readNight(input, artifacts);
  const summary = { ...summaryOf(input.run, night), ...sourcesOf(input, night) };
  await artifacts.writeJson(summary.reportKey, { ...summary, memoryEvidence: input.memoryEvidence, ...night });
  await events.publish(outcomeEvents(input.run, night, summary));
  await ledger.updateRun(input.run.runId, { status: 'succeeded' });
  publishMetrics(summary);
  return summary;
}

/** Nothing at all where every source answered, as nearly every night. */
function sourcesOf(
  { openChanges, discovered, memoryEvidence, prepared }: SummarizeRunInput,
  night: NightResults,
): Pick<RunSummary, 'unavailableSources'> {
  const stages = [openChanges, discovered, memoryEvidence, prepared].map((stage) => stage?.unavailableSources);
  const unavailableSources = unavailableSourcesOf(stages, night);
  return unavailableSources.length === 0 ? {} : { unavailableSources };
}

function summaryOf(run: RunContext, night: NightResults): RunSummary {
  const { estimatedUsdPerMonth, realizedUsdPerMonth } = sumSavings(night);
  return {
    schemaVersion: SCHEMA_VERSION,
    runId: run.runId,
    runDate: run.runDate,
    reportKey: `${run.artifacts.prefix}/report.json`,
    counts: countNight(night),
    estimatedSavingsUsdPerMonth: estimatedUsdPerMonth,
    realizedSavingsUsdPerMonth: realizedUsdPerMonth,
  };
}

/** Functions that were found right, or without evidence, are in the report; events are for what happened. */
function outcomeEvents(
  run: RunContext,
  { assessed, settled, changed }: NightResults,
  summary: RunSummary,
): OutcomeEvent[] {
  const failed = assessed.filter(({ kind }) => kind === 'Failed');
  const assessments = failed.map(({ functionName, functionArn, kind, reason, failure }) => ({
    detailType: 'Rightsizer Function Outcome',
    detail: { runId: run.runId, functionName, functionArn, kind, reason, ...(failure && { failure }) },
  }));
  const changes = [...settled, ...changed].map((outcome) => ({
    detailType: 'Rightsizer Change Outcome',
    detail: changeDetail(outcome),
  }));
  return [...assessments, ...changes, { detailType: 'Rightsizer Run Summary', detail: { ...summary } }];
}

const changeDetail = (outcome: ChangedOutcome): Record<string, unknown> => ({
  ...outcome,
  ...(isAlarming(outcome) && { notification: changeUndone(outcome) }),
});
