import type { MetricReader } from '../clients/cloudwatch/function-metrics.ts';
import type { Concurrency } from '../clients/concurrency/concurrency.ts';
import type { ScalableTables } from '../clients/dynamodb-tables/scalable-tables.ts';
import type { FunctionCatalog } from '../clients/lambda/function-catalog.ts';
import type { ProvisionedConcurrencies } from '../clients/provisioned-concurrency/provisioned-concurrency.ts';
import type { FunctionTags } from '../clients/tagging/function-tags.ts';
import { AUTO_SCALING_TAG, readOptIn, type Tags, unclearTag } from '../domain/configuration/scaling/function-class.ts';
import type { ProvisionedAlias } from '../domain/configuration/scaling/plan-provisioned-scaling.ts';
import {
  functionResource,
  type ReservableFunction,
  reservationRank,
  type Skipped,
  untouchable,
} from '../domain/configuration/scaling/plan-reservations.ts';
import type { ScalableTable } from '../domain/configuration/scaling/plan-table-scaling.ts';
import type { EvidenceWindow } from '../domain/night/evidence/window.ts';
import type { RoundTime } from '../round-time.ts';
import { INCOMPLETE_METRICS, maximumOf } from './lookback.ts';

export interface ScalingSources {
  catalog: FunctionCatalog;
  tags: FunctionTags;
  metrics: MetricReader;
  concurrency: Pick<Concurrency, 'readAccount' | 'readReserved'>;
  provisioned: Pick<ProvisionedConcurrencies, 'list'>;
  tables: ScalableTables;
}

/** A function or table in the order in which they are scaled; `skip` says why a function is not. */
export interface ScalingSubject {
  at: string;
  resource: string;
  chosen?: { functionName: string; tags: Tags };
  table?: ScalableTable;
  skip?: Skipped;
}

/** Everything that is not our own stack's: functions that asked for it, critical ones first, the others, then tables. */
export async function listScalingSubjects(
  sources: Pick<ScalingSources, 'catalog' | 'tags' | 'tables'>,
  ownStackName: string | undefined,
): Promise<ScalingSubject[]> {
  const [listed, tagsByArn, tables] = await Promise.all([
    sources.catalog.listFunctions(),
    sources.tags.listFunctionTags(),
    sources.tables.list(),
  ]);
  const functions = listed.flatMap(({ functionName, functionArn }): ScalingSubject[] => {
    const tags = tagsByArn.get(functionArn) ?? {};
    const resource = functionResource(functionName);
    if (isOwn(tags, ownStackName)) return [];
    const refusal = whyNot(tags);
    if (refusal !== undefined) return [{ at: `1/${functionName}`, resource, skip: { resource, ...refusal } }];
    return [{ at: `0/${reservationRank(tags)}/${functionName}`, resource, chosen: { functionName, tags } }];
  });
  const others = tables.filter(({ tags }) => !isOwn(tags, ownStackName));
  return [
    ...functions,
    ...others.map((table) => ({ at: `2/${table.tableName}`, resource: `table/${table.tableName}`, table })),
  ];
}

/** A function that asked to be scaled, or why nothing can be said of it. */
export type ScalingFacts = { function: ReservableFunction; aliases: ProvisionedAlias[] } | { unknown: string };

/** Looks at functions that asked for it, in their order and as far as there is time, each for two calls of its own. By name. */
export async function readScalingFacts(
  sources: Pick<ScalingSources, 'metrics' | 'concurrency' | 'provisioned'>,
  chosen: readonly { functionName: string; tags: Tags }[],
  window: EvidenceWindow,
  time: RoundTime,
): Promise<Map<string, ScalingFacts>> {
  const names = chosen.map(({ functionName }) => functionName);
  const series = await sources.metrics.readSeries(names, window, ['maxConcurrentExecutions']);
  const facts = new Map<string, ScalingFacts>();
  // One after the other: Lambda gives fifteen such calls a second to everybody together.
  for (const [index, { functionName, tags }] of chosen.entries()) {
    if (time.isUp()) break;
    const seen = series[index];
    // Of half a series the maximum may be any; a reservation below the true one would throttle.
    if (seen === undefined) {
      facts.set(functionName, { unknown: INCOMPLETE_METRICS });
      continue;
    }
    const reserved = await sources.concurrency.readReserved(functionName);
    const observedMaximum = maximumOf(seen.maxConcurrentExecutions);
    const aliases = await sources.provisioned.list(functionName);
    facts.set(functionName, {
      function: { functionName, tags, reserved, observedMaximum },
      aliases: aliases.map((alias) => ({ functionName, ...alias })),
    });
  }
  return facts;
}

const isOwn = (tags: Tags, ownStackName: string | undefined): boolean =>
  ownStackName !== undefined && tags['aws:cloudformation:stack-name'] === ownStackName;

function whyNot(tags: Tags): Omit<Skipped, 'resource'> | undefined {
  const reason = untouchable(tags, undefined);
  if (reason !== undefined) return { reason };
  const asked = readOptIn(tags, AUTO_SCALING_TAG);
  if (asked === 'unclear') return { reason: unclearTag(tags, AUTO_SCALING_TAG, 'a whole number, ') };
  return asked === 'yes' ? undefined : { reason: `not tagged ${AUTO_SCALING_TAG}`, isWithdrawn: true };
}
