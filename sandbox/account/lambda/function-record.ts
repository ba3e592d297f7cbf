import type {
  AliasConfiguration,
  FunctionConfiguration,
  PutProvisionedConcurrencyConfigCommandOutput,
} from '@aws-sdk/client-lambda';
import { copy } from '../core/copy.ts';

/** A handler run in this process by `Invoke`. */
export type RegisteredHandler = (event: unknown, context: InvocationContext) => unknown;

export interface InvocationContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
}

export type ProvisionedConcurrency = Omit<PutProvisionedConcurrencyConfigCommandOutput, '$metadata'>;

/** An update that Lambda is still rolling out. */
export interface PendingUpdate {
  readonly untilMs: number;
  readonly fails: string | undefined;
}

/** One function with everything that hangs on it. */
export interface FunctionRecord {
  readonly name: string;
  readonly arn: string;
  /** `$LATEST`. */
  configuration: FunctionConfiguration;
  pending: PendingUpdate | undefined;
  readonly versions: FunctionConfiguration[];
  readonly aliases: Map<string, AliasConfiguration>;
  /** By qualifier: a version's number or an alias. */
  readonly provisioned: Map<string, ProvisionedConcurrency>;
  readonly tags: Map<string, string>;
  reservedConcurrency: number | undefined;
  handler: RegisteredHandler | undefined;
}

/** What a function is made of; the rest is derived. */
export interface NewFunction
  extends Omit<FunctionConfiguration, 'FunctionArn' | 'RevisionId' | 'ConfigSha256' | 'Version'> {
  FunctionName: string;
}

export interface NewFunctionExtras {
  readonly tags?: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number | undefined;
  readonly createdAtMs?: number;
  readonly handler?: RegisteredHandler;
}

/** A shared, read-only list page wants configurations as they are; every answer copies. */
export function copyConfiguration(configuration: FunctionConfiguration): FunctionConfiguration {
  return copy(configuration);
}

/** `2026-11-02T08:15:30.123+0000`, as Lambda writes LastModified. */
export function lambdaTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}
