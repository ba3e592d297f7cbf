import {
  type DeleteProvisionedConcurrencyConfigCommandInput,
  type DeleteProvisionedConcurrencyConfigCommandOutput,
  type GetProvisionedConcurrencyConfigCommandInput,
  type GetProvisionedConcurrencyConfigCommandOutput,
  type ListProvisionedConcurrencyConfigsCommandInput,
  type ListProvisionedConcurrencyConfigsCommandOutput,
  ProvisionedConcurrencyConfigNotFoundException,
  type PutProvisionedConcurrencyConfigCommandInput,
  type PutProvisionedConcurrencyConfigCommandOutput,
} from '@aws-sdk/client-lambda';
import type { AccountContext } from '../core/account-context.ts';
import { operation } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';
import { invalid } from './errors.ts';
import { lambdaTimestamp, type ProvisionedConcurrency } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';
import { configurationFor, parseFunctionName } from './qualified-name.ts';

/** Environments are allocated within a minute or two; here after a fixed time. */
const ALLOCATION_MS = 60_000;
const MOST_PER_PAGE = 50;

function recordOf(store: FunctionStore, name: string | undefined, qualifier: string | undefined) {
  const record = store.get(parseFunctionName(name).name);
  if (qualifier === '$LATEST')
    throw invalid('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
  if (qualifier !== undefined) configurationFor(record, qualifier);
  return record;
}

/** Everything is allocated once its time has come. */
function settled(config: ProvisionedConcurrency, nowMs: number): ProvisionedConcurrency {
  const since = Date.parse(config.LastModified!.replace('+0000', 'Z'));
  const wanted = config.RequestedProvisionedConcurrentExecutions!;
  const isReady = nowMs - since >= ALLOCATION_MS;
  const available = isReady ? wanted : 0;
  return {
    ...config,
    AllocatedProvisionedConcurrentExecutions: available,
    AvailableProvisionedConcurrentExecutions: available,
    Status: isReady ? 'READY' : 'IN_PROGRESS',
  };
}

export function putProvisionedConcurrencyConfig(store: FunctionStore, context: AccountContext) {
  return operation<PutProvisionedConcurrencyConfigCommandInput, PutProvisionedConcurrencyConfigCommandOutput>(
    ['FunctionName', 'Qualifier', 'ProvisionedConcurrentExecutions'],
    (input) => {
      const record = recordOf(store, input.FunctionName, input.Qualifier);
      const nowMs = context.clock.now();
      const config: ProvisionedConcurrency = {
        RequestedProvisionedConcurrentExecutions: input.ProvisionedConcurrentExecutions,
        LastModified: lambdaTimestamp(nowMs),
      };
      record.provisioned.set(input.Qualifier!, config);
      return settled(config, nowMs);
    },
  );
}

export function getProvisionedConcurrencyConfig(store: FunctionStore, context: AccountContext) {
  return operation<GetProvisionedConcurrencyConfigCommandInput, GetProvisionedConcurrencyConfigCommandOutput>(
    ['FunctionName', 'Qualifier'],
    (input) => {
      const config = recordOf(store, input.FunctionName, input.Qualifier).provisioned.get(input.Qualifier!);
      if (!config) {
        const message = 'No Provisioned Concurrency Config found for this function';
        throw new ProvisionedConcurrencyConfigNotFoundException({
          message,
          Type: 'User',
          $metadata: { httpStatusCode: 404 },
        });
      }
      return settled(config, context.clock.now());
    },
  );
}

export function deleteProvisionedConcurrencyConfig(store: FunctionStore) {
  return operation<DeleteProvisionedConcurrencyConfigCommandInput, DeleteProvisionedConcurrencyConfigCommandOutput>(
    ['FunctionName', 'Qualifier'],
    (input) => {
      recordOf(store, input.FunctionName, input.Qualifier).provisioned.delete(input.Qualifier!);
      return {};
    },
  );
}

export function listProvisionedConcurrencyConfigs(store: FunctionStore, context: AccountContext) {
  return operation<ListProvisionedConcurrencyConfigsCommandInput, ListProvisionedConcurrencyConfigsCommandOutput>(
    ['FunctionName', 'Marker', 'MaxItems'],
    (input) => {
      const record = recordOf(store, input.FunctionName, undefined);
      const sorted = sortByKey(record.provisioned, ([qualifier]) => qualifier);
      const size = Math.min(input.MaxItems ?? MOST_PER_PAGE, MOST_PER_PAGE);
      const page = cutPage(sorted, ([qualifier]) => qualifier, size, input.Marker);
      if (!page) throw invalid(`Invalid marker: ${input.Marker}`);
      const configs = page.items.map(([qualifier, config]) => ({
        FunctionArn: `${record.arn}:${qualifier}`,
        ...settled(config, context.clock.now()),
      }));
      return { ProvisionedConcurrencyConfigs: configs, NextMarker: page.next };
    },
  );
}
