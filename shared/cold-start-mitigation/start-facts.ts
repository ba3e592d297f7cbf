import type { MetricReader } from '../clients/cloudwatch/function-metrics.ts';
import type { ReportStarts } from '../clients/cold-starts/report-starts.ts';
import type { FunctionCatalog } from '../clients/lambda/function-catalog.ts';
import type { UsedQualifier, UsedQualifiers } from '../clients/provisioned-concurrency/used-qualifier.ts';
import type { FunctionTags } from '../clients/tagging/function-tags.ts';
import type { ColdStartSettings } from '../contracts/cold-start.ts';
import { coldStartEvidence, periodsOf } from '../domain/configuration/cold-start/gather-evidence.ts';
import { classRank, type MitigatedFunction } from '../domain/configuration/cold-start/plan-mitigation.ts';
import { CLASS_TAG, readClass, type Tags } from '../domain/configuration/scaling/function-class.ts';
import { provisionedResource } from '../domain/configuration/scaling/plan-provisioned-scaling.ts';
import { functionResource, type Skipped, untouchable } from '../domain/configuration/scaling/plan-reservations.ts';
import type { ListedFunction } from '../domain/night/eligibility/listed-function.ts';
import type { Statistic } from '../domain/night/evidence/metric-series.ts';
import type { EvidenceWindow } from '../domain/night/evidence/window.ts';
import type { RoundTime } from '../round-time.ts';

export interface StartSources {
  catalog: FunctionCatalog;
  tags: FunctionTags;
  metrics: MetricReader;
  qualifiers: UsedQualifiers;
  starts: ReportStarts;
}

/** A function in the order in which functions get their strategies; `skip` says why it gets none. */
export interface StartSubject {
  at: string;
  resource: string;
  chosen?: { fn: ListedFunction; tags: Tags };
  skip?: Skipped;
}

/** How many environments were busy at once, by how many calls: a metric each. */
const BY_CLASS: readonly Statistic[] = ['invocations', 'maxConcurrentExecutions'];
/** And how long calls took: a third. */
const BY_MEASUREMENT: readonly Statistic[] = [...BY_CLASS, 'meanDurationMs', 'p50DurationMs', 'p99DurationMs'];

/** Every function that is not our own stack's: those that have a class, critical ones first, then those that get nothing. */
export async function listStartSubjects(
  sources: Pick<StartSources, 'catalog' | 'tags'>,
  ownStackName: string | undefined,
): Promise<StartSubject[]> {
  const [listed, tagsByArn] = await Promise.all([sources.catalog.listFunctions(), sources.tags.listFunctionTags()]);
  return listed.flatMap((fn): StartSubject[] => {
    const tags = tagsByArn.get(fn.functionArn) ?? {};
    const resource = functionResource(fn.functionName);
    if (ownStackName !== undefined && tags['aws:cloudformation:stack-name'] === ownStackName) return [];
    const skip = whyNot(fn, tags);
    if (skip !== undefined) return [{ at: `1/${fn.functionName}`, resource, skip: { resource, ...skip } }];
    return [{ at: `0/${classRank(tags)}/${fn.functionName}`, resource, chosen: { fn, tags } }];
  });
}

function whyNot(fn: ListedFunction, tags: Tags): Omit<Skipped, 'resource'> | undefined {
  const reason = untouchable(tags, undefined) ?? special(fn);
  if (reason !== undefined) return { reason };
  return readClass(tags) === undefined ? { reason: `no class (tag ${CLASS_TAG})`, isWithdrawn: true } : undefined;
}

/** Functions whose environments are not Lambda's to start, or that Lambda would not let start. */
function special({ masterArn, managedInstances, state }: ListedFunction): string | undefined {
  if (masterArn !== undefined) return 'Lambda@Edge replica: it has neither provisioned concurrency nor schedules';
  if (managedInstances) return 'Lambda Managed Instances: its environments always run';
  if (state !== undefined && state !== 'Active') return `state is ${state}`;
  return undefined;
}

/** What is looked at of functions that have a class. */
export interface StartLook {
  settings: ColdStartSettings;
  window: EvidenceWindow;
  /** Aliases whose provisioned concurrency Application Auto Scaling moves, as it names them. */
  scaled: ReadonlySet<string>;
}

/**
 * Looks at functions that have a class, in their order and as far as there is time; REPORT lines are only read where they
 * decide (mode `measured`). By name.
 */
export async function readStartFacts(
  sources: StartSources,
  chosen: readonly { fn: ListedFunction; tags: Tags }[],
  { settings, window, scaled }: StartLook,
  time: RoundTime,
): Promise<Map<string, MitigatedFunction>> {
  const names = chosen.map(({ fn }) => fn.functionName);
  const isMeasured = settings.mode === 'measured';
  const series = await sources.metrics.readSeries(names, window, isMeasured ? BY_MEASUREMENT : BY_CLASS);
  const functions = chosen.map(({ fn }) => fn);
  const starts = isMeasured ? await sources.starts.read(functions, window) : new Map();
  const used = await sources.qualifiers.findAll(names, window, time);
  return new Map(
    chosen.flatMap(({ fn, tags }, index): [string, MitigatedFunction][] => {
      const qualifier = used.get(fn.functionName);
      if (qualifier === undefined) return [];
      const facts = {
        ...qualifierFacts(fn.functionName, qualifier, scaled),
        periods: periodsOf(series[index]),
        evidence: coldStartEvidence(series[index], window, starts.get(fn.functionName)),
      };
      return [[fn.functionName, { ...fn, tags, ...facts }]];
    }),
  );
}

function qualifierFacts(functionName: string, used: UsedQualifier, scaled: ReadonlySet<string>) {
  if (used.kind === 'ambiguous') {
    const ambiguous = `has aliases ${used.aliases.join(', ')} and no traffic that says which one is used`;
    return { qualifier: undefined, ambiguous, isScaled: false };
  }
  if (used.kind === 'unqualified') return { qualifier: undefined, isScaled: false };
  const { qualifier } = used;
  return { qualifier, isScaled: scaled.has(provisionedResource({ functionName, qualifier })) };
}
