import type { TaskName } from '../../shared/constants.ts';
import type { RunSummary } from '../../shared/contracts/change.ts';
import { alarmsOf, synthesize } from './template.ts';

/** Alarms read what tasks publish: the same namespace, names and dimensions. */
const template = synthesize();
const alarms = alarmsOf(template);

const SUMMARY: RunSummary = {
  schemaVersion: 1,
  runId: 'scheduled-2026-11-01',
  runDate: '2026-11-01',
  reportKey: 'runs/scheduled-2026-11-01/report.json',
  counts: {
    discovered: 10,
    excluded: 0,
    assessed: 8,
    proposed: 3,
    approved: 2,
    rejected: 1,
    expired: 0,
    applied: 2,
    verified: 1,
    watching: 1,
    rolledBack: 0,
    refused: 0,
    failed: 2,
  },
  estimatedSavingsUsdPerMonth: 12,
  realizedSavingsUsdPerMonth: 3,
};

/** What Powertools finds in the function's environment; read once, when the task's module is first loaded. */
function enterPowertools(task: TaskName): void {
  const { Variables: variables } = template.task(task).resource.Properties.Environment;
  for (const name of ['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE']) process.env[name] = variables[name];
}

it('keeps the metrics of two stages apart, in alarms, dashboard and functions alike', () => {
  const namespacesOf = (stackName: string): string[] => {
    const { resources } = synthesize({ stackName });
    const everything = JSON.stringify(resources);
    return [...new Set(everything.match(/Rightsizer\/[\w-]+/g))].filter((each) => each !== 'Rightsizer/Application');
  };
  expect(namespacesOf('night-dev')).toEqual(['Rightsizer/night-dev']);
  expect(namespacesOf('night-prod')).toEqual(['Rightsizer/night-prod']);
});

it('ManyFunctionsFailed reads metrics as SummarizeRun publishes them', async () => {
  enterPowertools('summarize-run');
  const { metrics } = await import('../../shared/observability/metrics.ts');
  const { publishMetrics } = await import('../../tasks/night/summarize-run/publish-metrics.ts');
  publishMetrics(SUMMARY, false);
  const { _aws: published, ...values } = metrics.serializeMetrics();
  const [{ Namespace: namespace, Dimensions: dimensions, Metrics: names } = {}] =
    published.CloudWatchMetrics as never as {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string }[];
    }[];
  const inputs = alarms
    .get('ManyFunctionsFailed')
    .Metrics.flatMap(({ MetricStat: stat }: { MetricStat?: { Metric: unknown } }) => stat?.Metric ?? []);
  expect(inputs).toHaveLength(2);
  for (const { Namespace: read, MetricName: name, Dimensions: by } of inputs) {
    expect(read).toBe(namespace);
    expect(names?.map(({ Name: each }) => each)).toContain(name);
    expect(by).toEqual(dimensions?.[0]?.map((dimension) => ({ Name: dimension, Value: values[dimension] })));
  }
});

it('EvidenceSourceAway reads the longest absence of one source as SummarizeRun publishes it', async () => {
  enterPowertools('summarize-run');
  const { metrics } = await import('../../shared/observability/metrics.ts');
  const { publishMetrics } = await import('../../tasks/night/summarize-run/publish-metrics.ts');
  const alarm = alarms.get('EvidenceSourceAway');
  const published = (nightsAway: Record<string, number>) => {
    metrics.clearMetrics();
    const unavailableSources = Object.entries(nightsAway).map(([source, nights]) => ({
      ...{ source, reason: 'denied', nightsAway: nights },
    }));
    publishMetrics({ ...SUMMARY, unavailableSources }, true);
    return Number((metrics.serializeMetrics() as unknown as Record<string, unknown>)[alarm?.MetricName]);
  };
  expect(alarm).toMatchObject({ Statistic: 'Maximum', EvaluationPeriods: 1, TreatMissingData: 'ignore' });
  expect(alarm?.Threshold).toBe(published({ Tags: 3, Traffic: 1 }));
  expect(alarm?.Threshold).toBeGreaterThan(published({ Tags: 1, Traffic: 1, Callers: 1 }));
  expect(alarm?.Threshold).toBeGreaterThan(published({}));
});

it('DigestReachesNobody reads the metric as PrepareApprovals publishes it', async () => {
  enterPowertools('prepare-approvals');
  const { metrics } = await import('../../shared/observability/metrics.ts');
  const { publishReaders } = await import('../../tasks/night/prepare-approvals/publish-readers.ts');
  metrics.clearMetrics();
  publishReaders(0);
  const { _aws: published } = metrics.serializeMetrics();
  const [{ Namespace: namespace, Metrics: names } = {}] = published.CloudWatchMetrics as never as {
    Namespace: string;
    Metrics: { Name: string }[];
  }[];
  const { resource: task } = template.task('prepare-approvals');
  expect(alarms.get('DigestReachesNobody')).toMatchObject({
    Namespace: namespace,
    MetricName: names?.[0]?.Name,
    Dimensions: [{ Name: 'service', Value: task.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME }],
    Statistic: 'Minimum',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'notBreaching',
  });
});
