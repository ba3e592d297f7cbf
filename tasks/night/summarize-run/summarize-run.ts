import type { Artifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import type { OutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import type { RunLedger } from '../../../shared/clients/ledger/ledger.ts';
import { parseSummarizeRunInput, type RunSummary, type SummarizeRunInput } from '../../../shared/contracts/change.ts';
import type { EventDetail, OutcomeEvent } from '../../../shared/contracts/events.ts';
import type { AssessedOutcome, ChangedOutcome } from '../../../shared/contracts/outcome.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import type { UnavailableSource } from '../../../shared/contracts/source.ts';
import { changeUndone, isAlarming } from '../../../shared/domain/approval/notifications/compose-notifications.ts';
import { countNightsAway, type SourcesTonight, wasAnyAway } from '../../../shared/domain/night/summary/nights-away.ts';
import { operatingCost } from '../../../shared/domain/night/summary/operating-cost.ts';
import {
  answeredSourcesOf,
  countNight,
  type NightResults,
  sumSavings,
  unavailableSourcesOf,
} from '../../../shared/domain/night/summary/summarize.ts';
import { watchedSources } from '../../../shared/observability/evidence-sources.ts';
import { type DrawPages, drawPages } from './draw-pages.ts';
import { type KeepLooks, keepLooks } from './keep-looks.ts';
import { readNight } from './read-night.ts';

export interface SummarizeRunDependencies extends Omit<DrawPages, 'artifacts'>, Omit<KeepLooks, 'artifacts'> {
  artifacts: Artifacts & DrawPages['artifacts'];
  ledger: Pick<RunLedger, 'updateRun' | 'getSourcesAway' | 'putSourcesAway'> & DrawPages['ledger'];
  events: OutcomeEvents;
  /** Writes the run's metrics; never fails. */
  publishMetrics(summary: RunSummary, endsAbsence: boolean): void;
}

/** Counts the night, writes its report and its pages, tells the bus, and marks the run as done. */
export async function summarizeRun(event: unknown, dependencies: SummarizeRunDependencies): Promise<RunSummary> {
  const input = parseSummarizeRunInput(event);
  const { artifacts, events, ledger, publishMetrics } = dependencies;
  const night = await readNight(input, artifacts);
  const { away, endsAbsence, remember } = await countAway(input.run, sourcesOf(input, night), ledger);
  const summary = { ...summaryOf(input, night), ...(away.length > 0 && { unavailableSources: away }) };
  const { accountNames } = input.run;
  const report = { ...summary, ...(accountNames && { accountNames }), memoryEvidence: input.memoryEvidence, ...night };
  await artifacts.writeJson(summary.reportKey, report);
  await drawPages({ ...report, ...mutable(night) }, input.run, dependencies);
  await keepLooks(input.run, night, dependencies);
  await events.publish(outcomeEvents(input.run, night, summary));
  await ledger.updateRun(input.run.runId, { status: 'succeeded' });
  publishMetrics(summary, endsAbsence);
  // Last: a night that breaks off before it told that a source is back leaves it to the next, or the alarm would stand for good.
  await remember();
  return summary;
}

/** As reports are typed when they are read back; nobody writes to them. */
const mutable = ({ excluded, assessed, settled, changed }: NightResults) => ({
  ...{ excluded: [...excluded], assessed: [...assessed] },
  ...{ settled: [...settled], changed: [...changed] },
});

function sourcesOf(
  { openChanges, discovered, memoryEvidence, prepared }: SummarizeRunInput,
  night: NightResults,
): SourcesTonight {
  const stages = [openChanges, discovered, memoryEvidence, prepared];
  const unavailable = stages.map((stage) => stage?.unavailableSources);
  const answered = stages.map((stage) => stage?.answeredSources);
  return { away: unavailableSourcesOf(unavailable, night), answered: answeredSourcesOf(answered, night) };
}

interface Absence {
  away: UnavailableSource[];
  /** Also where nobody knows whether one was away before tonight. */
  endsAbsence: boolean;
  /** For the nights to come; never fails. */
  remember(): Promise<void>;
}

/** Adds for how many nights each source has been away; a night that cannot know counts as the first. */
async function countAway(
  run: RunContext,
  tonight: SourcesTonight,
  ledger: SummarizeRunDependencies['ledger'],
): Promise<Absence> {
  const sources = watchedSources();
  const known = await sources.ask('History', () => ledger.getSourcesAway());
  const counted = countNightsAway(known.available ? known.value : undefined, run.runDate, tonight);
  return {
    away: tonight.away.map((each) => ({ ...each, nightsAway: counted.nights[each.source]! })),
    endsAbsence: !known.available || wasAnyAway(counted),
    remember: async () => {
      // A dry run leaves no trace in what real nights remember; what could not be read is not overwritten.
      if (!run.dryRun && known.available) await sources.ask('History', () => ledger.putSourcesAway(counted));
    },
  };
}

function summaryOf({ run, memoryEvidence }: SummarizeRunInput, night: NightResults): RunSummary {
  const { estimatedUsdPerMonth, realizedUsdPerMonth } = sumSavings(night);
  return {
    schemaVersion: SCHEMA_VERSION,
    runId: run.runId,
    runDate: run.runDate,
    reportKey: `${run.artifacts.prefix}/report.json`,
    counts: countNight(night),
    estimatedSavingsUsdPerMonth: estimatedUsdPerMonth,
    realizedSavingsUsdPerMonth: realizedUsdPerMonth,
    operatingCost: operatingCost(night, memoryEvidence.scannedBytes),
  };
}

/** Functions that were found right, or without evidence, are in the report; events are for what happened. */
function outcomeEvents(
  run: RunContext,
  { assessed, settled, changed }: NightResults,
  summary: RunSummary,
): OutcomeEvent[] {
  const failures = assessed.filter(({ kind }) => kind === 'Failed').map((each) => failureDetail(run.runId, each));
  return [
    ...failures.map((detail) => ({ detailType: 'Rightsizer Function Outcome' as const, detail })),
    ...[...settled, ...changed].map((outcome) => ({
      detailType: 'Rightsizer Change Outcome' as const,
      detail: changeDetail(outcome),
    })),
    { detailType: 'Rightsizer Run Summary', detail: { ...summary } },
  ];
}

const failureDetail = (
  runId: string,
  { functionName, functionArn, reason, failure }: AssessedOutcome,
): EventDetail<'Rightsizer Function Outcome'> => ({
  ...{ runId, functionName, functionArn, kind: 'Failed', reason },
  ...(failure && { failure }),
});

const changeDetail = (outcome: ChangedOutcome): EventDetail<'Rightsizer Change Outcome'> => ({
  ...outcome,
  ...(isAlarming(outcome) && { notification: changeUndone(outcome) }),
});
