import type { EventSourceMappingConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { AccountContext } from '../core/account-context.ts';
import { sha256Base64 } from '../core/ids.ts';
import type { Operation, Service } from '../core/operation.ts';
import { RateLimits } from '../core/rate-limits.ts';
import { createAlias, getAlias, listAliases, updateAlias } from './aliases.ts';
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from './concurrency.ts';
import { rateExceeded } from './errors.ts';
import { listEventSourceMappings } from './event-source-mappings.ts';
import type { FunctionRecord, NewFunction, NewFunctionExtras, RegisteredHandler } from './function-record.ts';
import { FunctionStore } from './function-store.ts';
import { getPolicy } from './get-policy.ts';
import { invoke } from './invoke.ts';
import { DEFAULT_LAMBDA_LIMITS, type LambdaLimits } from './limits.ts';
import { listFunctions } from './list-functions.ts';
import {
  deleteProvisionedConcurrencyConfig,
  getProvisionedConcurrencyConfig,
  listProvisionedConcurrencyConfigs,
  putProvisionedConcurrencyConfig,
} from './provisioned-concurrency.ts';
import { getAccountSettings, getFunction, getFunctionConfiguration } from './read-function.ts';
import { listTags, tagResource, untagResource } from './tags.ts';
import { updateFunctionConfiguration } from './update-configuration.ts';
import { listVersionsByFunction, publish, publishVersion } from './versions.ts';

/** AWS Lambda's control plane, and `Invoke` for handlers registered in this process. */
export class LambdaService implements Service {
  readonly name = 'Lambda';
  readonly functions: FunctionStore;
  readonly eventSourceMappings: EventSourceMappingConfiguration[] = [];
  /** Resource policies by function name or `name:qualifier`, as JSON. */
  readonly policies = new Map<string, string>();
  readonly operations: Readonly<Record<string, Operation>>;
  readonly rates: RateLimits;
  private readonly context: AccountContext;
  private readonly limits: LambdaLimits;
  private readonly updateFailures = new Map<string, string>();

  constructor(context: AccountContext, limits: Partial<LambdaLimits> = {}) {
    this.context = context;
    this.limits = { ...DEFAULT_LAMBDA_LIMITS, ...limits };
    this.functions = new FunctionStore(context);
    const { getFunctionPerSecond, controlPlanePerSecond } = this.limits;
    const rates = {
      GetFunction: { perSecond: getFunctionPerSecond },
      ControlPlane: { perSecond: controlPlanePerSecond },
    };
    this.rates = new RateLimits(() => context.clock.now(), this.name, rates, context.ratesLeft);
    this.operations = this.makeOperations();
  }

  throttle(operation: string): void {
    // Invoke belongs to the data plane, whose rate follows from concurrency.
    if (operation === 'Invoke') return;
    if (!this.rates.tryTake(operation === 'GetFunction' ? operation : 'ControlPlane')) throw rateExceeded();
  }

  createFunction(configuration: NewFunction, extras: NewFunctionExtras = {}): FunctionRecord {
    return this.functions.create(configuration, extras);
  }

  deleteFunction(name: string): void {
    this.functions.delete(name);
  }

  /** Lets `Invoke` run this handler; makes the function if there is none of that name. */
  registerHandler(
    name: string,
    handler: RegisteredHandler,
    configuration: Partial<FunctionConfiguration> = {},
  ): FunctionRecord {
    const existing = this.functions.find(name);
    if (!existing)
      return this.createFunction({ Runtime: 'nodejs24.x', ...configuration, FunctionName: name }, { handler });
    existing.handler = handler;
    return existing;
  }

  /** Freezes `$LATEST` as a version, as a deployment does. */
  publish(name: string): FunctionConfiguration {
    return publish(this.functions.get(name));
  }

  /** A deployment by the function's owner: new code, and the settings its template carries. Returns when it is done. */
  deploy(name: string, settings: Pick<FunctionConfiguration, 'MemorySize' | 'Timeout'> = {}): number {
    const record = this.functions.get(name);
    const CodeSha256 = sha256Base64(this.context.ids.uuid());
    const untilMs = this.functions.beginUpdate(record, { CodeSha256, ...settings });
    this.functions.tellServing(record, untilMs);
    return untilMs;
  }

  /** Makes the function's next configuration update end as `Failed`. */
  failNextUpdate(name: string, reason: string): void {
    this.updateFailures.set(name, reason);
  }

  private makeOperations(): Record<string, Operation> {
    const { functions, context, limits } = this;
    return {
      ListFunctions: listFunctions(functions),
      GetFunction: getFunction(functions),
      GetFunctionConfiguration: getFunctionConfiguration(functions),
      UpdateFunctionConfiguration: updateFunctionConfiguration(functions, limits, this.updateFailures),
      PublishVersion: publishVersion(functions),
      ListVersionsByFunction: listVersionsByFunction(functions),
      CreateAlias: createAlias(functions, context),
      UpdateAlias: updateAlias(functions, context),
      GetAlias: getAlias(functions),
      ListAliases: listAliases(functions),
      GetFunctionConcurrency: getFunctionConcurrency(functions),
      PutFunctionConcurrency: putFunctionConcurrency(functions, limits, context),
      DeleteFunctionConcurrency: deleteFunctionConcurrency(functions, context),
      PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig(functions, context),
      GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig(functions, context),
      DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig(functions),
      ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs(functions, context),
      ListEventSourceMappings: listEventSourceMappings(this.eventSourceMappings),
      GetPolicy: getPolicy(functions, this.policies),
      GetAccountSettings: getAccountSettings(functions, limits),
      ListTags: listTags(functions),
      TagResource: tagResource(functions),
      UntagResource: untagResource(functions),
      Invoke: invoke(functions, context),
    };
  }
}
