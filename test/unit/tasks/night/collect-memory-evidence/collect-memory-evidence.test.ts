import * as v from 'valibot';
import { NO_LOOKS, type RememberedLooks } from '../../../../../shared/clients/artifacts/remembered-looks.ts';
import type { ComputeOptimizerAnswer } from '../../../../../shared/clients/compute-optimizer/memory-findings.ts';
import { type AssessmentItem, assessmentItemSchema } from '../../../../../shared/contracts/evidence.ts';
import type { ManifestEntry } from '../../../../../shared/contracts/manifest.ts';
import { evidenceWindow } from '../../../../../shared/domain/night/evidence/window.ts';
import { collectMemoryEvidence } from '../../../../../tasks/night/collect-memory-evidence/collect-memory-evidence.ts';
import { arnOf, manifestEntry, runContext } from '../../../shared/domain/night/evidence/builders.ts';
import { memoryArtifacts } from '../discover-functions/memory-artifacts.ts';
import { type FakeLogsBehaviour, fakeLogs, SteppedClock } from './fake-logs.ts';

const discovered = {
  schemaVersion: 1,
  manifestKey: 'manifest',
  exclusionsKey: 'exclusions',
  functionCount: 1,
  excludedCount: 0,
};
const group = { storedBytes: 1_000, logGroupClass: 'STANDARD' };
const projection = { memorySizeMb: 512, expectedDurationMs: 100 };
const entry = (functionName: string, changes: Partial<ManifestEntry> = {}) =>
  manifestEntry({ functionName, ...changes });
const row = (logGroupName: string) => ({
  logGroupName,
  memorySizeMb: 1024,
  maxMemoryUsedMb: 300,
  reports: 90,
  coldStarts: 9,
  meanInitDurationMs: 150,
});

async function collect(
  manifest: ManifestEntry[],
  answer: ComputeOptimizerAnswer,
  behaviour: FakeLogsBehaviour = {},
  insightsMb: Record<string, number> = {},
  looks: Pick<RememberedLooks, 'read'> = NO_LOOKS,
) {
  const artifacts = memoryArtifacts({ manifest });
  const insights = insightsOf(insightsMb);
  const groups = Object.fromEntries(manifest.map((each) => [each.logGroupName, group]));
  const { logs, queries } = fakeLogs({ groups, rows: (name) => [row(name)], ...behaviour });
  const output = await collectMemoryEvidence(
    { run: runContext(), discovered },
    {
      artifacts,
      computeOptimizer: { listFindings: async () => answer },
      logs,
      insights,
      looks,
      clock: new SteppedClock(),
      scanBudgetBytes: 1e9,
      queriesAtOnce: 15,
    },
  );
  const items = artifacts.objects[output.assessmentKey] as AssessmentItem[];
  return {
    output,
    queries,
    items,
    evidence: Object.fromEntries(items.map((item) => [item.functionName, item.memoryEvidence])),
  };
}
const insightsOf = (found: Record<string, number>) => ({
  readMaxMemoryMb: async (names: readonly string[]) =>
    new Map(Object.entries(found).filter(([name]) => names.includes(name))),
});
const nothing: ComputeOptimizerAnswer = { available: true, findings: new Map() };

describe('collectMemoryEvidence', () => {
  it('asks Compute Optimizer first and reads logs only for the others', async () => {
    const findings = new Map([[arnOf('a'), { maxMemoryUsedMb: 222, projections: [projection] }]]);
    const { output, evidence, queries } = await collect([entry('a'), entry('b')], { available: true, findings });
    expect(evidence['a']).toEqual({ source: 'ComputeOptimizer', maxMemoryUsedMb: 222, computeOptimizer: [projection] });
    expect(evidence['b']).toEqual({
      source: 'ReportLines',
      maxMemoryUsedMb: 300,
      reportCount: 90,
      coldStartShare: 0.1,
      initDurationMs: 150,
    });
    expect(queries.flatMap((query) => query.batch.scans.map((scan) => scan.functionName))).toEqual(['b']);
    expect(output).toMatchObject({
      functionsBySource: { ComputeOptimizer: 1, ReportLines: 1, LambdaInsights: 0, none: 0 },
      scannedBytes: 1_000,
      scanBudgetBytes: 1e9,
    });
  });

  it('reads logs for a finding without memory, and keeps its projections', async () => {
    const findings = new Map([[arnOf('a'), { projections: [projection] }]]);
    const { evidence } = await collect([entry('a')], { available: true, findings });
    expect(evidence['a']).toMatchObject({
      source: 'ReportLines',
      maxMemoryUsedMb: 300,
      computeOptimizer: [projection],
    });
  });

  it('goes on without Compute Optimizer where the account is not opted in, and says so where logs tell nothing either', async () => {
    const answer = { available: false as const, reason: 'the account is not opted in to Compute Optimizer' };
    const { evidence } = await collect([entry('a'), entry('b')], answer, {
      rows: (name) => (name.endsWith('a') ? [row(name)] : []),
    });
    expect(evidence['a']).toMatchObject({ source: 'ReportLines' });
    expect(evidence['b']).toEqual({
      source: 'none',
      reason: 'the account is not opted in to Compute Optimizer; no REPORT lines in the look-back',
    });
  });

  it('recognises groups shared with functions that need no logs themselves', async () => {
    const findings = new Map([[arnOf('a'), { maxMemoryUsedMb: 222, projections: [] }]]);
    const { evidence, queries } = await collect(
      [entry('a', { logGroupName: '/team' }), entry('b', { logGroupName: '/team' })],
      { available: true, findings },
    );
    expect(evidence['b']).toMatchObject({ source: 'none', reason: expect.stringContaining('shared') });
    expect(queries).toHaveLength(0);
  });

  it('keeps the reason why a query told nothing', async () => {
    const { evidence } = await collect([entry('a')], nothing, {
      start: () => ({ started: false, why: 'rejected', reason: 'bad group' }),
    });
    expect(evidence['a']).toMatchObject({ source: 'none', reason: expect.stringContaining('bad group') });
    expect(evidence['a']).not.toHaveProperty('maxMemoryUsedMb');
  });

  it('asks Lambda Insights last, for what nothing else is known of', async () => {
    const warn = { logFormat: 'JSON' as const, systemLogLevel: 'WARN' };
    const { evidence } = await collect([entry('a', warn), entry('b', warn), entry('c')], nothing, {}, { a: 177, c: 1 });
    expect(evidence['a']).toEqual({ source: 'LambdaInsights', maxMemoryUsedMb: 177 });
    expect(evidence['b']).toMatchObject({ source: 'none', reason: expect.stringContaining('WARN') });
    expect(evidence['c']).toMatchObject({ source: 'ReportLines' });
  });

  it('keeps items small enough for a batch of them to be a payload', async () => {
    const observation = { memorySizeMb: 1024, invocations: 5, meanDurationMs: 1.23456789, codeSha256: 'x'.repeat(44) };
    const { items } = await collect([entry('a', { observations: Array(30).fill(observation) })], nothing);
    expect(Buffer.byteLength(JSON.stringify(items[0]))).toBeLessThan(1_600);
  });

  it('writes one item per function of the manifest, as the first fan-out reads them', async () => {
    const { items } = await collect([entry('a'), entry('b'), entry('c')], nothing);
    expect(items.map((item) => v.parse(assessmentItemSchema, item).functionName)).toEqual(['a', 'b', 'c']);
  });

  it('reads of a function only what no night has read of it', async () => {
    const window = evidenceWindow(runContext());
    const to = new Date(window.endMs - 86_400_000).toISOString();
    const from = new Date(window.startMs).toISOString();
    const reading = { from, to, reports: 900, invocations: 1_000, maxMemoryUsedMb: 310 };
    const look = { on: '2026-11-22', lastModified: entry('a').lastModified, lines: { readings: [reading] } };
    const looks = { read: async () => ({ a: look }) };
    const { evidence, queries } = await collect([entry('a'), entry('b')], nothing, {}, {}, looks);
    const unreadMs = window.endMs - 86_400_000 - window.periodSeconds * 1_000;
    expect(queries.map(({ batch: { startMs, scans } }) => [startMs, scans.map((scan) => scan.functionName)])).toEqual([
      [unreadMs, ['a']],
      [window.startMs, ['b']],
    ]);
    expect(evidence['a']).toMatchObject({
      maxMemoryUsedMb: 310,
      reportCount: 990,
      newLines: { from: new Date(unreadMs).toISOString(), reports: 90, maxMemoryUsedMb: 300, invocationsBefore: 1_000 },
    });
    expect(evidence['b']).toMatchObject({ maxMemoryUsedMb: 300, reportCount: 90 });
  });

  it('knows nothing of a function whose new lines it could not read, whatever the old ones said', async () => {
    const to = new Date(evidenceWindow(runContext()).endMs - 86_400_000).toISOString();
    const reading = { from: to, to, reports: 900, invocations: 1_000, maxMemoryUsedMb: 310 };
    const look = { on: '2026-11-22', lastModified: entry('a').lastModified, lines: { readings: [reading] } };
    const start = () => ({ started: false, why: 'rejected', reason: 'bad group' }) as const;
    const { evidence } = await collect([entry('a')], nothing, { start }, {}, { read: async () => ({ a: look }) });
    expect(evidence['a']).toMatchObject({ source: 'none', reason: expect.stringContaining('bad group') });
  });

  it('asks nothing of logs when every function is known', async () => {
    const findings = new Map([[arnOf('a'), { maxMemoryUsedMb: 222, projections: [] }]]);
    const { output } = await collect([entry('a')], { available: true, findings });
    expect(output.scannedBytes).toBe(0);
  });

  it('rejects an input that names no manifest', async () => {
    const dependencies = {
      artifacts: memoryArtifacts(),
      computeOptimizer: { listFindings: async () => nothing },
      logs: fakeLogs().logs,
      insights: insightsOf({}),
      looks: NO_LOOKS,
      clock: new SteppedClock(),
      scanBudgetBytes: 1,
      queriesAtOnce: 15,
    };
    await expect(collectMemoryEvidence({ run: runContext() }, dependencies)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('discovered'),
    });
  });
});
