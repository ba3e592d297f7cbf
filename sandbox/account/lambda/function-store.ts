import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { type AccountContext, arn } from '../core/account-context.ts';
import { copy } from '../core/copy.ts';
import { sha256Base64, sha256Hex } from '../core/ids.ts';
import { sortByKey } from '../core/pages.ts';
import { conflict, notFound } from './errors.ts';
import { type FunctionRecord, lambdaTimestamp, type NewFunction, type NewFunctionExtras } from './function-record.ts';

/** Told whenever what serves a function's traffic changes; `atMs` may lie in the future. */
export type ServingListener = (record: FunctionRecord, atMs: number) => void;

/** An update of the configuration takes this long, ms: least and spread. */
const UPDATE_LEAST_MS = 2_000;
const UPDATE_SPREAD_MS = 4_000;

/** All functions of the account. State that changes with time (an update in progress) is settled when it is read. */
export class FunctionStore {
  private readonly context: AccountContext;
  private readonly records = new Map<string, FunctionRecord>();
  /** Counts functions made and deleted, so that what was derived from the set is not used after a change. */
  revision = 0;
  private sorted: FunctionRecord[] | undefined;
  private readonly servingListeners: ServingListener[] = [];

  constructor(context: AccountContext) {
    this.context = context;
  }

  onServing(listener: ServingListener): void {
    this.servingListeners.push(listener);
  }

  tellServing(record: FunctionRecord, atMs: number): void {
    for (const listener of this.servingListeners) listener(record, atMs);
  }

  create(configuration: NewFunction, extras: NewFunctionExtras = {}): FunctionRecord {
    const name = configuration.FunctionName;
    if (this.records.has(name)) throw conflict(`Function already exist: ${name}`);
    const functionArn = arn(this.context, 'lambda', `function:${name}`);
    const record: FunctionRecord = {
      name,
      arn: functionArn,
      configuration: this.newConfiguration(configuration, functionArn, extras),
      pending: undefined,
      versions: [],
      aliases: new Map(),
      provisioned: new Map(),
      tags: new Map(Object.entries(extras.tags ?? {})),
      reservedConcurrency: extras.reservedConcurrency,
      handler: extras.handler,
    };
    this.stamp(record);
    this.records.set(name, record);
    this.sorted = undefined;
    this.revision++;
    return record;
  }

  delete(name: string): void {
    this.records.delete(name);
    this.sorted = undefined;
    this.revision++;
  }

  find(name: string): FunctionRecord | undefined {
    const record = this.records.get(name);
    if (record) this.settle(record);
    return record;
  }

  get(name: string): FunctionRecord {
    const record = this.find(name);
    if (!record) throw notFound(`Function not found: ${arn(this.context, 'lambda', `function:${name}`)}`);
    return record;
  }

  /** Tags by the ARN of a function or of a version or alias of it: none where there is no such function. */
  tagsOf(resourceArn: string): ReadonlyMap<string, string> | undefined {
    const prefix = arn(this.context, 'lambda', 'function:');
    if (!resourceArn.startsWith(prefix)) return undefined;
    const [name = ''] = resourceArn.slice(prefix.length).split(':');
    return this.records.get(name)?.tags ?? new Map();
  }

  all(): FunctionRecord[] {
    this.sorted ??= sortByKey(this.records.values(), (record) => record.name);
    for (const record of this.sorted) this.settle(record);
    return this.sorted;
  }

  /** Begins a change of `$LATEST`; it is in force, and the function modifiable again, at the returned time. */
  beginUpdate(record: FunctionRecord, changes: Partial<FunctionConfiguration>, fails?: string): number {
    const untilMs = this.context.clock.now() + this.updateMs(record);
    record.pending = { untilMs, fails };
    record.configuration = {
      ...record.configuration,
      ...(fails === undefined ? changes : {}),
      LastModified: lambdaTimestamp(this.context.clock.now()),
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being created.',
    };
    this.stamp(record);
    return untilMs;
  }

  /** New RevisionId and ConfigSha256: on every change, also when an update's status changes. */
  stamp(record: FunctionRecord): void {
    record.configuration.RevisionId = this.context.ids.uuid();
    record.configuration.ConfigSha256 = configSha256(record.configuration);
  }

  private settle(record: FunctionRecord): void {
    const { pending } = record;
    if (!pending || this.context.clock.now() < pending.untilMs) return;
    record.pending = undefined;
    const { LastUpdateStatusReason: _reason, LastUpdateStatusReasonCode: _code, ...rest } = record.configuration;
    record.configuration = pending.fails
      ? {
          ...rest,
          LastUpdateStatus: 'Failed',
          LastUpdateStatusReason: pending.fails,
          LastUpdateStatusReasonCode: 'InternalError',
        }
      : { ...rest, LastUpdateStatus: 'Successful' };
    this.stamp(record);
  }

  private updateMs(record: FunctionRecord): number {
    const draw = Number.parseInt(sha256Hex(`${record.configuration.RevisionId}`).slice(0, 4), 16) / 0xffff;
    return Math.round(UPDATE_LEAST_MS + UPDATE_SPREAD_MS * draw);
  }

  private newConfiguration(given: NewFunction, functionArn: string, extras: NewFunctionExtras): FunctionConfiguration {
    const { clock, ids, accountId } = this.context;
    return {
      Role: `arn:aws:iam::${accountId}:role/${given.FunctionName}-role`,
      Handler: 'index.handler',
      Description: '',
      CodeSize: 1_000_000,
      CodeSha256: sha256Base64(ids.hex(given.FunctionName)),
      Timeout: 3,
      MemorySize: 128,
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      TracingConfig: { Mode: 'PassThrough' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${given.FunctionName}` },
      State: 'Active',
      LastUpdateStatus: 'Successful',
      LastModified: lambdaTimestamp(extras.createdAtMs ?? clock.now()),
      ...copy(given),
      FunctionArn: functionArn,
      Version: '$LATEST',
    };
  }
}

/** Fields that are about the function's life, not its configuration. */
const NOT_CONFIGURATION = new Set([
  'RevisionId',
  'ConfigSha256',
  'LastModified',
  'Version',
  'FunctionArn',
  'CodeSha256',
  'CodeSize',
  'MasterArn',
  'State',
  'StateReason',
  'StateReasonCode',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
]);

function configSha256(configuration: FunctionConfiguration): string {
  const settings = Object.entries(configuration)
    .filter(([key, value]) => value !== undefined && !NOT_CONFIGURATION.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(JSON.stringify(settings));
}
