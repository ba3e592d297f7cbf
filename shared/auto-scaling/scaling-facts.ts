import type { MetricReader } from '../clients/cloudwatch/function-metrics.ts';
import type { Concurrency } from '../clients/concurrency/concurrency.ts';
import type { ScalableTables } from '../clients/dynamodb-tables/scalable-tables.ts';
import type { FunctionCatalog } from '../clients/lambda/function-catalog.ts';
import type { ProvisionedConcurrencies } from '../clients/provisioned-concurrency/provisioned-concurrency.ts';
import type { FunctionTags } from '../clients/tagging/function-tags.ts';
import type { AutoScalingSettings } from '../contracts/auto-scaling.ts';
import { AUTO_SCALING_TAG, readOptIn, type Tags, unclearTag } from '../domain/configuration/scaling/function-class.ts';
import type { ProvisionedAlias } from '../domain/configuration/scaling/plan-provisioned-scaling.ts';
import {
  type AccountConcurrency,
  functionResource,
  type ReservableFunction,
  type Skipped,
  untouchable,
} from '../domain/configuration/scaling/plan-reservations.ts';
import type { ScalableTable } from '../domain/configuration/scaling/plan-table-scaling.ts';
import { INCOMPLETE_METRICS, lookbackToNow, maximumOf } from './lookback.ts';

export interface ScalingSources {
  catalog: FunctionCatalog;
  tags: FunctionTags;
  metrics: MetricReader;
  concurrency: Pick<Concurrency, 'readAccount' | 'readReserved'>;
  provisioned: Pick<ProvisionedConcurrencies, 'list'>;
  tables: ScalableTables;
}

/** What there is to scale, and how it stands. */
export interface ScalingFacts {
  account: AccountConcurrency;
  functions: ReservableFunction[];
  aliases: ProvisionedAlias[];
  tables: ScalableTable[];
  /** Functions that are not for us to configure. */
  skipped: Skipped[];
}

/** Looks at the account. Only functions that asked for it cost calls of their own; our own stack's are left out. */
export async function readScalingFacts(
  sources: ScalingSources,
  settings: AutoScalingSettings,
  nowMs: number,
  ownStackName: string | undefined,
): Promise<ScalingFacts> {
  const [listed, tagsByArn, tables, account] = await Promise.all([
    sources.catalog.listFunctions(),
    sources.tags.listFunctionTags(),
    sources.tables.list(),
    sources.concurrency.readAccount(),
  ]);
  const facts: ScalingFacts = { account, functions: [], aliases: [], tables: [], skipped: [] };
  const chosen: { functionName: string; tags: Tags }[] = [];
  for (const { functionName, functionArn } of listed) {
    const tags = tagsByArn.get(functionArn) ?? {};
    if (isOwn(tags, ownStackName)) continue;
    const refusal = whyNot(tags);
    if (refusal === undefined) chosen.push({ functionName, tags });
    else facts.skipped.push({ resource: functionResource(functionName), ...refusal });
  }
  facts.tables = tables.filter(({ tags }) => !isOwn(tags, ownStackName));
  const series = await sources.metrics.readSeries(
    chosen.map(({ functionName }) => functionName),
    lookbackToNow(nowMs, settings.lookbackDays),
  );
  // One after the other: Lambda gives fifteen such calls a second to everybody together.
  for (const [index, { functionName, tags }] of chosen.entries()) {
    const seen = series[index];
    // Of half a series the maximum may be any; a reservation below the true one would throttle.
    if (seen === undefined) {
      facts.skipped.push({ resource: functionResource(functionName), reason: INCOMPLETE_METRICS });
      continue;
    }
    const reserved = await sources.concurrency.readReserved(functionName);
    facts.functions.push({ functionName, tags, reserved, observedMaximum: maximumOf(seen.maxConcurrentExecutions) });
    for (const alias of await sources.provisioned.list(functionName)) facts.aliases.push({ functionName, ...alias });
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
