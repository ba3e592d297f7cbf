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
import { type ManifestEntry, parseManifest } from '../../../shared/contracts/manifest.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { compactItem } from '../../../shared/domain/night/evidence/compact-item.ts';
import { type EvidenceWindow, evidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import { withRareLook } from '../../../shared/domain/night/looks/rare-look.ts';
import { joinedEvidence, type UnreadLines, unreadLines } from '../../../shared/domain/night/looks/read-lines.ts';
import { rememberedMemory } from '../../../shared/domain/night/looks/remembered-memory.ts';
import { evidenceFromReports } from '../../../shared/domain/night/reports/report-rows.ts';
import { planScans, sharedLogGroups } from '../../../shared/domain/night/reports/scan-plan.ts';
import { byPlace, type Place } from '../../../shared/domain/organization/place.ts';
import { placedSources } from '../../../shared/observability/evidence-sources.ts';
import { runQueries } from './run-queries.ts';

/** What tells of memory in one account and region. */
export interface MemorySources {
  computeOptimizer: ComputeOptimizer;
  logs: ReportLogs;
  insights: InsightsMemory;
}

export interface CollectMemoryEvidenceDependencies extends MemorySources {
  artifacts: Artifacts;
  looks: Pick<RememberedLooks, 'read'>;
  clock: Clock;
  /** Most bytes the night's queries may scan, all accounts together. */
  scanBudgetBytes: number;
  /** Log queries at once in each account and region, which AWS counts by themselves. */
  queriesAtOnce: number;
  /** The same of another account and region. @default - there is none */
  elsewhere?: (place: Place) => MemorySources;
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
  const { artifacts, looks, scanBudgetBytes } = dependencies;
  const sources = placedSources(run.accountNames);
  const [manifest, remembered] = await Promise.all([
    artifacts.readJson(discovered.manifestKey, parseManifest),
    looks.read(run),
  ]);
  const window = evidenceWindow(run);
  const evidence: EvidenceByName = new Map();
  const scanned = await Promise.all(
    byPlace(manifest, (entry) => entry.functionName).map(({ place, things }) =>
      collectPlace(things, evidence, window, sources.at(place), {
        ...dependencies,
        remember: (entry) => rememberedMemory(entry, remembered[entry.functionName], run.runDate),
        unread: (entry) => unreadLines(entry, remembered[entry.functionName], window),
        ...(place !== undefined && dependencies.elsewhere?.(place)),
        scanBudgetBytes: Math.floor((scanBudgetBytes * things.length) / manifest.length),
      }),
    ),
  );
  const scannedBytes = scanned.reduce((sum, bytes) => sum + bytes, 0);
  const items = manifest.map((entry) => {
    const item = { ...entry, memoryEvidence: evidence.get(entry.functionName)! };
    return compactItem(withRareLook(item, remembered[entry.functionName]));
  });
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

interface CollectPlace extends CollectMemoryEvidenceDependencies {
  /** What an earlier night read in the REPORT lines of a function that is as it was. */
  remember: (entry: ManifestEntry) => MemoryEvidence | undefined;
  /** The part of its lines that no night has read; undefined where that is all of them. */
  unread: (entry: ManifestEntry) => UnreadLines | undefined;
}

/** Adds the evidence of one account and region's functions, with their share of the budget; answers the bytes scanned. */
async function collectPlace(
  manifest: readonly ManifestEntry[],
  evidence: EvidenceByName,
  window: EvidenceWindow,
  sources: EvidenceSources,
  dependencies: CollectPlace,
): Promise<number> {
  const asked = await sources.ask('ComputeOptimizer', () => dependencies.computeOptimizer.listFindings());
  const optimizer = asked.available ? asked.value : whereAway('Compute Optimizer', asked);
  for (const entry of manifest) evidence.set(entry.functionName, fromComputeOptimizer(entry, optimizer));
  addRememberedEvidence(manifest, evidence, dependencies.remember);
  const scannedBytes = await addReportEvidence(manifest, evidence, window, sources, dependencies);
  await addInsightsEvidence(manifest, evidence, window, dependencies.insights, sources);
  return scannedBytes;
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
  remember: CollectPlace['remember'],
): void {
  for (const entry of manifest) {
    if (evidence.get(entry.functionName)?.source !== 'none') continue;
    const remembered = remember(entry);
    if (remembered !== undefined) noteReports(entry, evidence, remembered);
  }
}

/** Fills in what REPORT lines tell of the functions that have no evidence yet; answers the bytes it scanned. */
async function addReportEvidence(
  manifest: readonly ManifestEntry[],
  evidence: EvidenceByName,
  window: EvidenceWindow,
  sources: EvidenceSources,
  { logs, clock, scanBudgetBytes: budgetBytes, queriesAtOnce, unread }: CollectPlace,
): Promise<number> {
  const deadlineMs = clock.now() + COLLECTION_TIME_LIMIT_MS;
  const { endMs } = window;
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
  const unreadOf = new Map(functions.map((entry) => [entry.functionName, unread(entry)]));
  const startMsOf = (functionName: string) => unreadOf.get(functionName)?.startMs;
  const sharedGroups = sharedLogGroups(manifest);
  const plan = planScans({ functions, groups: groups.value, sharedGroups, window, startMsOf });
  const results = await runQueries(plan.scans, { logs, clock, endMs, budgetBytes, queriesAtOnce, deadlineMs });
  if (results.failure !== undefined) sources.miss('ReportLines', results.failure);
  for (const entry of functions) {
    const reason = plan.skipped.get(entry.functionName) ?? results.unread.get(entry.logGroupName);
    const rows = results.rows.get(entry.logGroupName) ?? [];
    const before = unreadOf.get(entry.functionName);
    const reported = evidenceFromReports(rows, entry.memorySizeMb);
    const known = before === undefined ? reported : joinedEvidence(reported, before);
    noteReports(entry, evidence, reason === undefined ? known : { source: 'none', reason });
  }
  return results.scannedBytes;
}

const noteReports = ({ functionName }: ManifestEntry, evidence: EvidenceByName, reported: MemoryEvidence) =>
  evidence.set(functionName, merged(evidence.get(functionName)!, reported));

/** Fills in what the Lambda Insights extension reported, for the few functions that nothing else is known of. */
async function addInsightsEvidence(
  manifest: readonly ManifestEntry[],
  evidence: EvidenceByName,
  window: EvidenceWindow,
  insights: InsightsMemory,
  sources: EvidenceSources,
) {
  const names = manifest.map(({ functionName }) => functionName);
  const unknown = names.filter((name) => evidence.get(name)?.source === 'none');
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
