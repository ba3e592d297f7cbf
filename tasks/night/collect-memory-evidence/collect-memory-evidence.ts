import { type Artifacts, artifactKey } from '../../../shared/clients/artifacts/artifacts.ts';
import type { RememberedLooks } from '../../../shared/clients/artifacts/remembered-looks.ts';
import type { InsightsMemory } from '../../../shared/clients/cloudwatch/insights-memory.ts';
import type {
  ComputeOptimizer,
  ComputeOptimizerAnswer,
} from '../../../shared/clients/compute-optimizer/memory-findings.ts';
import type { EvidenceSources } from '../../../shared/clients/evidence-sources.ts';
import type { ReportLogs } from '../../../shared/clients/logs/report-logs.ts';
import type { Clock } from '../../../shared/clock.ts';
import {
  type AssessmentItem,
  type CollectMemoryEvidenceOutput,
  type MemoryEvidence,
  parseCollectMemoryEvidenceInput,
} from '../../../shared/contracts/evidence.ts';
import type { Looks } from '../../../shared/contracts/look.ts';
import { type ManifestEntry, parseManifest } from '../../../shared/contracts/manifest.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { compactItem } from '../../../shared/domain/night/evidence/compact-item.ts';
import { type EvidenceWindow, evidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import { rememberedMemory } from '../../../shared/domain/night/looks/remembered-memory.ts';
import { evidenceFromReports } from '../../../shared/domain/night/reports/report-rows.ts';
import { planScans, sharedLogGroups } from '../../../shared/domain/night/reports/scan-plan.ts';
import { watchedSources } from '../../../shared/observability/evidence-sources.ts';
import { runQueries } from './run-queries.ts';

export interface CollectMemoryEvidenceDependencies {
  artifacts: Artifacts;
  computeOptimizer: ComputeOptimizer;
  logs: ReportLogs;
  looks: Pick<RememberedLooks, 'read'>;
  insights: InsightsMemory;
  clock: Clock;
  /** Most bytes the night's queries may scan. */
  scanBudgetBytes: number;
  /** Log queries at once. */
  queriesAtOnce: number;
}

/** The function has 15 minutes; the rest is for what comes after the logs, and for whatever is slow that night. */
export const COLLECTION_TIME_LIMIT_MS = 13 * 60_000;

type EvidenceByName = Map<string, MemoryEvidence>;

/**
 * Finds out how much memory every function of the manifest uses at most: from Compute Optimizer where it knows, from
 * REPORT lines for the others as far as the scan budget goes (or as an earlier night read them), from Lambda Insights for what is left. A function without
 * evidence keeps the reason why.
 */
export async function collectMemoryEvidence(
  event: unknown,
  dependencies: CollectMemoryEvidenceDependencies,
): Promise<CollectMemoryEvidenceOutput> {
  const { run, discovered } = parseCollectMemoryEvidenceInput(event);
  const { artifacts, computeOptimizer, looks, insights, scanBudgetBytes } = dependencies;
  const sources = watchedSources();
  const [manifest, asked, remembered] = await Promise.all([
    artifacts.readJson(discovered.manifestKey, parseManifest),
    sources.ask('ComputeOptimizer', () => computeOptimizer.listFindings()),
    looks.read(run),
  ]);
  const optimizer = asked.available ? asked.value : whereAway('Compute Optimizer', asked);
  const window = evidenceWindow(run);
  const evidence: EvidenceByName = new Map(
    manifest.map((entry) => [entry.functionName, fromComputeOptimizer(entry, optimizer)]),
  );
  addRememberedEvidence(manifest, evidence, remembered, run.runDate);
  const scannedBytes = await addReportEvidence(manifest, evidence, window, sources, dependencies);
  await addInsightsEvidence(evidence, window, insights, sources);
  const items = manifest.map((entry) => compactItem({ ...entry, memoryEvidence: evidence.get(entry.functionName)! }));
  const assessmentKey = artifactKey(run, 'assessment-items.json');
  await artifacts.writeJson(assessmentKey, items);
  return {
    schemaVersion: SCHEMA_VERSION,
    assessmentKey,
    functionsBySource: countBySource(items),
    scannedBytes,
    scanBudgetBytes,
    ...sources.told,
  };
}

/** An answer that says which source could not be asked, for the functions that would have had it. */
const whereAway = (name: string, { reason }: { reason: string }) =>
  ({ available: false, reason: `${name} could not be asked: ${reason}` }) as const;

function fromComputeOptimizer(entry: ManifestEntry, answer: ComputeOptimizerAnswer): MemoryEvidence {
  if (!answer.available) return { source: 'none', reason: answer.reason };
  const finding = answer.findings.get(entry.functionArn);
  if (finding === undefined) return { source: 'none', reason: 'Compute Optimizer has no finding of it' };
  const { maxMemoryUsedMb, projections } = finding;
  return {
    ...(maxMemoryUsedMb === undefined
      ? { source: 'none', reason: 'Compute Optimizer has no memory utilization of it' }
      : { source: 'ComputeOptimizer', maxMemoryUsedMb }),
    ...(projections.length > 0 && { computeOptimizer: projections }),
  };
}

/** Fills in what REPORT lines told some nights ago, of functions that are as they were. */
function addRememberedEvidence(
  manifest: readonly ManifestEntry[],
  evidence: EvidenceByName,
  looks: Looks,
  runDate: string,
): void {
  for (const entry of manifest) {
    if (evidence.get(entry.functionName)?.source !== 'none') continue;
    const remembered = rememberedMemory(entry, looks[entry.functionName], runDate);
    if (remembered !== undefined) noteReports(entry, evidence, remembered);
  }
}

/** Fills in what REPORT lines tell of the functions that have no evidence yet; answers the bytes it scanned. */
async function addReportEvidence(
  manifest: readonly ManifestEntry[],
  evidence: EvidenceByName,
  window: EvidenceWindow,
  sources: EvidenceSources,
  { logs, clock, scanBudgetBytes: budgetBytes, queriesAtOnce }: CollectMemoryEvidenceDependencies,
): Promise<number> {
  const deadlineMs = clock.now() + COLLECTION_TIME_LIMIT_MS;
  const functions = manifest.filter((entry) => evidence.get(entry.functionName)?.source === 'none');
  if (functions.length === 0) return 0;
  const groups = await sources.ask('ReportLines', () =>
    logs.describeGroups(new Set(functions.map((entry) => entry.logGroupName))),
  );
  if (!groups.available) {
    const { reason } = whereAway('CloudWatch Logs', groups);
    for (const entry of functions) noteReports(entry, evidence, { source: 'none', reason });
    return 0;
  }
  const plan = planScans({ functions, groups: groups.value, sharedGroups: sharedLogGroups(manifest), window });
  const results = await runQueries(plan.scans, { logs, clock, window, budgetBytes, queriesAtOnce, deadlineMs });
  if (results.failure !== undefined) sources.miss('ReportLines', results.failure);
  for (const entry of functions) {
    const reason = plan.skipped.get(entry.functionName) ?? results.unread.get(entry.logGroupName);
    const rows = results.rows.get(entry.logGroupName) ?? [];
    const reported: MemoryEvidence =
      reason === undefined ? evidenceFromReports(rows, entry.memorySizeMb) : { source: 'none', reason };
    noteReports(entry, evidence, reported);
  }
  return results.scannedBytes;
}

const noteReports = ({ functionName }: ManifestEntry, evidence: EvidenceByName, reported: MemoryEvidence) =>
  evidence.set(functionName, merged(evidence.get(functionName)!, reported));

/** Fills in what the Lambda Insights extension reported, for the few functions that nothing else is known of. */
async function addInsightsEvidence(
  evidence: EvidenceByName,
  window: EvidenceWindow,
  insights: InsightsMemory,
  sources: EvidenceSources,
) {
  const unknown = [...evidence].filter(([, { source }]) => source === 'none').map(([functionName]) => functionName);
  if (unknown.length === 0) return;
  const found = await sources.ask('LambdaInsights', () => insights.readMaxMemoryMb(unknown, window));
  if (!found.available) {
    const { reason } = whereAway('Lambda Insights', found);
    for (const name of unknown) evidence.set(name, merged(evidence.get(name)!, { source: 'none', reason }));
    return;
  }
  for (const [functionName, maxMemoryUsedMb] of found.value) {
    const reported: MemoryEvidence = { source: 'LambdaInsights', maxMemoryUsedMb };
    evidence.set(functionName, merged(evidence.get(functionName)!, reported));
  }
}

/** Projections stay; of two reasons for having no evidence both are worth knowing. */
function merged(before: MemoryEvidence, reported: MemoryEvidence): MemoryEvidence {
  const { reason, ...rest } = reported;
  const reasons = [before.reason, reason].filter(Boolean).join('; ');
  return {
    ...rest,
    ...(rest.source === 'none' ? { reason: reasons } : reason !== undefined && { reason }),
    ...(before.computeOptimizer && { computeOptimizer: before.computeOptimizer }),
  };
}

function countBySource(items: readonly AssessmentItem[]): CollectMemoryEvidenceOutput['functionsBySource'] {
  const counts = { ComputeOptimizer: 0, ReportLines: 0, LambdaInsights: 0, none: 0 };
  for (const { memoryEvidence } of items) counts[memoryEvidence.source] += 1;
  return counts;
}
