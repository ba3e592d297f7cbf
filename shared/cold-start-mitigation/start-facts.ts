import { lookback } from '../auto-scaling/lookback.ts';
import type { ScalableTargets } from '../clients/application-auto-scaling/scalable-targets.ts';
import type { MetricReader } from '../clients/cloudwatch/function-metrics.ts';
import type { ReportStarts } from '../clients/cold-starts/report-starts.ts';
import type { FunctionCatalog } from '../clients/lambda/function-catalog.ts';
import type { UsedQualifier, UsedQualifiers } from '../clients/provisioned-concurrency/used-qualifier.ts';
import type { FunctionTags } from '../clients/tagging/function-tags.ts';
import type { ColdStartSettings } from '../contracts/cold-start.ts';
import { coldStartEvidence, periodsOf } from '../domain/configuration/cold-start/gather-evidence.ts';
import type { MitigatedFunction } from '../domain/configuration/cold-start/plan-mitigation.ts';
import { CLASS_TAG, readClass, type Tags } from '../domain/configuration/scaling/function-class.ts';
import {
  PROVISIONED_DIMENSION,
  provisionedResource,
} from '../domain/configuration/scaling/plan-provisioned-scaling.ts';
import { functionResource, type Skipped, untouchable } from '../domain/configuration/scaling/plan-reservations.ts';
import type { ListedFunction } from '../domain/night/eligibility/listed-function.ts';

export interface StartSources {
  catalog: FunctionCatalog;
  tags: FunctionTags;
  metrics: MetricReader;
  qualifiers: UsedQualifiers;
  targets: Pick<ScalableTargets, 'readLimits'>;
  starts: ReportStarts;
}

export interface StartFacts {
  functions: MitigatedFunction[];
  skipped: Skipped[];
}

/** Looks at the functions that have a class; REPORT lines are only read where they decide (mode `measured`). */
export async function readStartFacts(
  sources: StartSources,
  settings: ColdStartSettings,
  nowMs: number,
  ownStackName: string | undefined,
): Promise<StartFacts> {
  const [listed, tagsByArn] = await Promise.all([sources.catalog.listFunctions(), sources.tags.listFunctionTags()]);
  const { chosen, skipped } = choose(listed, tagsByArn, ownStackName);
  const window = lookback(nowMs, settings.lookbackDays);
  const series = await sources.metrics.readSeries(
    chosen.map(({ fn }) => fn.functionName),
    window,
  );
  const starts =
    settings.mode === 'measured'
      ? await sources.starts.read(
          chosen.map(({ fn }) => fn),
          window,
        )
      : new Map();
  const functions: MitigatedFunction[] = [];
  // One after the other: Lambda gives fifteen such calls a second to everybody together.
  for (const [index, { fn, tags }] of chosen.entries()) {
    const used = await sources.qualifiers.find(fn.functionName, window);
    functions.push({
      ...fn,
      tags,
      ...(await qualifierFacts(fn.functionName, used, sources)),
      periods: periodsOf(series[index]),
      evidence: coldStartEvidence(series[index], window, starts.get(fn.functionName)),
    });
  }
  return { functions, skipped };
}

function choose(
  listed: readonly ListedFunction[],
  tagsByArn: ReadonlyMap<string, Tags>,
  ownStackName: string | undefined,
) {
  const chosen: { fn: ListedFunction; tags: Tags }[] = [];
  const skipped: Skipped[] = [];
  for (const fn of listed) {
    const tags = tagsByArn.get(fn.functionArn) ?? {};
    const resource = functionResource(fn.functionName);
    if (ownStackName !== undefined && tags['aws:cloudformation:stack-name'] === ownStackName) continue;
    const reason = untouchable(tags, undefined) ?? special(fn);
    if (reason !== undefined) skipped.push({ resource, reason });
    else if (readClass(tags) === undefined)
      skipped.push({ resource, reason: `no class (tag ${CLASS_TAG})`, isWithdrawn: true });
    else chosen.push({ fn, tags });
  }
  return { chosen, skipped };
}

/** Functions whose environments are not Lambda's to start, or that Lambda would not let start. */
function special({ masterArn, managedInstances, state }: ListedFunction): string | undefined {
  if (masterArn !== undefined) return 'Lambda@Edge replica: it has neither provisioned concurrency nor schedules';
  if (managedInstances) return 'Lambda Managed Instances: its environments always run';
  if (state !== undefined && state !== 'Active') return `state is ${state}`;
  return undefined;
}

async function qualifierFacts(functionName: string, used: UsedQualifier, { targets }: StartSources) {
  if (used.kind === 'ambiguous') {
    const ambiguous = `has aliases ${used.aliases.join(', ')} and no traffic that says which one is used`;
    return { qualifier: undefined, ambiguous, isScaled: false };
  }
  if (used.kind === 'unqualified') return { qualifier: undefined, isScaled: false };
  const resourceId = provisionedResource({ functionName, qualifier: used.qualifier });
  const limits = await targets.readLimits({ resourceId, dimension: PROVISIONED_DIMENSION });
  return { qualifier: used.qualifier, isScaled: limits !== undefined };
}
