import type {
  AliasConfiguration,
  AliasRoutingConfiguration,
  CreateAliasCommandInput,
  CreateAliasCommandOutput,
  GetAliasCommandInput,
  GetAliasCommandOutput,
  ListAliasesCommandInput,
  ListAliasesCommandOutput,
  UpdateAliasCommandInput,
  UpdateAliasCommandOutput,
} from '@aws-sdk/client-lambda';
import type { AccountContext } from '../core/account-context.ts';
import { copy } from '../core/copy.ts';
import { operation } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';
import { conflict, invalid, notFound, staleRevision } from './errors.ts';
import type { FunctionRecord } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';
import { configurationFor, parseFunctionName } from './qualified-name.ts';

const MOST_PER_PAGE = 50;

export function createAlias(store: FunctionStore, context: AccountContext) {
  return operation<CreateAliasCommandInput, CreateAliasCommandOutput>(
    ['FunctionName', 'Name', 'FunctionVersion', 'Description', 'RoutingConfig'],
    (input) => {
      const record = recordOf(store, input.FunctionName);
      if (record.aliases.has(input.Name!)) throw conflict(`Alias already exists: ${record.arn}:${input.Name}`);
      const alias: AliasConfiguration = {
        AliasArn: `${record.arn}:${input.Name}`,
        Name: input.Name,
        FunctionVersion: input.FunctionVersion,
        Description: input.Description ?? '',
        ...routing(input.RoutingConfig),
        RevisionId: context.ids.uuid(),
      };
      checkRouting(record, alias);
      record.aliases.set(input.Name!, alias);
      store.tellServing(record, context.clock.now());
      return copy(alias);
    },
  );
}

export function updateAlias(store: FunctionStore, context: AccountContext) {
  return operation<UpdateAliasCommandInput, UpdateAliasCommandOutput>(
    ['FunctionName', 'Name', 'FunctionVersion', 'Description', 'RoutingConfig', 'RevisionId'],
    (input) => {
      const record = recordOf(store, input.FunctionName);
      const current = aliasOf(record, input.Name);
      if (input.RevisionId !== undefined && input.RevisionId !== current.RevisionId) throw staleRevision();
      const { RoutingConfig: _former, ...rest } = current;
      const alias: AliasConfiguration = {
        ...rest,
        FunctionVersion: input.FunctionVersion ?? current.FunctionVersion,
        Description: input.Description ?? current.Description,
        ...routing(input.RoutingConfig ?? current.RoutingConfig),
        RevisionId: context.ids.uuid(),
      };
      checkRouting(record, alias);
      record.aliases.set(input.Name!, alias);
      store.tellServing(record, context.clock.now());
      return copy(alias);
    },
  );
}

export function getAlias(store: FunctionStore) {
  return operation<GetAliasCommandInput, GetAliasCommandOutput>(['FunctionName', 'Name'], (input) =>
    copy(aliasOf(recordOf(store, input.FunctionName), input.Name)),
  );
}

export function listAliases(store: FunctionStore) {
  return operation<ListAliasesCommandInput, ListAliasesCommandOutput>(
    ['FunctionName', 'FunctionVersion', 'Marker', 'MaxItems'],
    (input) => {
      const record = recordOf(store, input.FunctionName);
      const version = input.FunctionVersion;
      const wanted = [...record.aliases.values()].filter((alias) => version === undefined || leadsTo(alias, version));
      const sorted = sortByKey(wanted, (alias) => alias.Name!);
      const size = Math.min(input.MaxItems ?? MOST_PER_PAGE, MOST_PER_PAGE);
      const page = cutPage(sorted, (alias) => alias.Name!, size, input.Marker);
      if (!page) throw invalid(`Invalid marker: ${input.Marker}`);
      return { Aliases: copy(page.items), NextMarker: page.next };
    },
  );
}

function leadsTo(alias: AliasConfiguration, version: string): boolean {
  return alias.FunctionVersion === version || alias.RoutingConfig?.AdditionalVersionWeights?.[version] !== undefined;
}

function recordOf(store: FunctionStore, name: string | undefined): FunctionRecord {
  return store.get(parseFunctionName(name).name);
}

function aliasOf(record: FunctionRecord, name: string | undefined): AliasConfiguration {
  const alias = record.aliases.get(name ?? '');
  if (!alias) throw notFound(`Cannot find alias arn: ${record.arn}:${name}`);
  return alias;
}

/** An empty map of weights takes the routing away. */
function routing(given: AliasRoutingConfiguration | undefined): { RoutingConfig?: AliasRoutingConfiguration } {
  const weights = given?.AdditionalVersionWeights ?? {};
  return Object.keys(weights).length > 0 ? { RoutingConfig: { AdditionalVersionWeights: { ...weights } } } : {};
}

function checkRouting(record: FunctionRecord, alias: AliasConfiguration): void {
  configurationFor(record, alias.FunctionVersion);
  const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  if (weights.length === 0) return;
  if (weights.length > 1) throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1. ');
  const [version, weight] = weights[0]!;
  if (version === '$LATEST' || alias.FunctionVersion === '$LATEST') {
    throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  if (version === alias.FunctionVersion)
    throw invalid(`Invalid function version ${version}. Function version must be different in routing configuration`);
  if (!(weight >= 0 && weight <= 1)) throw invalid(`Invalid value for weight: ${weight}. Valid range: 0.0 to 1.0`);
  configurationFor(record, version);
}
