import {
  type FunctionConfiguration,
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  LambdaClient,
  ListAliasesCommand,
} from '@aws-sdk/client-lambda';
import type { LiveFunction } from '../../domain/night/change/live-function.ts';
import { exclusionFor } from '../../domain/night/eligibility/exclusion.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { asListedFunction } from '../lambda/function-catalog.ts';
import { listProvisioned, type ProvisionedQualifier } from '../provisioned-concurrency/list-provisioned.ts';
import { createClient } from '../sdk.ts';

/** A function that an alarm blames, in one look. */
export interface FunctionSubject {
  functionArn: string;
  live: LiveFunction;
  logGroupName: string;
  logFormat: 'Text' | 'JSON';
  /** Why nobody may touch it; undefined when we may. */
  untouchable?: string;
  /** Why a change of memory or timeout would not reach its traffic. */
  pinned?: string;
  provisioned?: ProvisionedQualifier;
}

export interface FunctionSubjects {
  /** Undefined when the function is gone. */
  read(functionName: string): Promise<FunctionSubject | undefined>;
}

const GONE = ['ResourceNotFoundException'];

export function createFunctionSubjects(ownStackName: string, now: () => number): FunctionSubjects {
  const lambda = createClient(LambdaClient);
  return {
    read: async (FunctionName) => {
      try {
        const found = await callAws('lambda:GetFunction', () => lambda.send(new GetFunctionCommand({ FunctionName })));
        return await asSubject(lambda, FunctionName, found, { ownStackName, nowMs: now() });
      } catch (error) {
        if (isNamed(error, GONE)) return undefined;
        throw error;
      }
    },
  };
}

async function asSubject(
  lambda: LambdaClient,
  functionName: string,
  found: GetFunctionCommandOutput,
  { ownStackName, nowMs }: { ownStackName: string; nowMs: number },
): Promise<FunctionSubject> {
  const configuration = found.Configuration ?? {};
  const listed = asListedFunction(configuration);
  // An update at work is no reason to leave a function alone for good; the writer waits for its end.
  const { lastUpdateStatus: _atWork, ...settled } = listed;
  const exclusion = exclusionFor({
    listed: settled,
    tags: found.Tags ?? {},
    record: undefined,
    scope: {},
    ownStackName,
    now: new Date(nowMs),
  });
  const pinned = await aliasPinned(lambda, functionName);
  const [provisioned] = await listProvisioned(lambda, functionName);
  return {
    functionArn: configuration.FunctionArn ?? '',
    live: asLive(configuration, found.Concurrency?.ReservedConcurrentExecutions),
    logGroupName: listed.logGroupName,
    logFormat: listed.logFormat,
    ...(exclusion && { untouchable: exclusion.message }),
    ...(pinned !== undefined && { pinned }),
    ...(provisioned && { provisioned }),
  };
}

function asLive(configuration: FunctionConfiguration, reserved: number | undefined): LiveFunction {
  return {
    memorySizeMb: configuration.MemorySize ?? 0,
    timeoutSeconds: configuration.Timeout ?? 0,
    codeSha256: configuration.CodeSha256 ?? '',
    revisionId: configuration.RevisionId ?? '',
    state: configuration.State ?? 'Active',
    lastUpdateStatus: configuration.LastUpdateStatus ?? 'Successful',
    ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
  };
}

/** Traffic through an alias runs a published version, which no change to `$LATEST` reaches. */
async function aliasPinned(lambda: LambdaClient, FunctionName: string): Promise<string | undefined> {
  const { Aliases: aliases = [] } = await callAws('lambda:ListAliases', () =>
    lambda.send(new ListAliasesCommand({ FunctionName })),
  );
  const pinned = aliases.find((each) => each.FunctionVersion !== undefined && each.FunctionVersion !== '$LATEST');
  return pinned === undefined
    ? undefined
    : `AliasPinned: alias ${pinned.Name} runs version ${pinned.FunctionVersion}, which cannot be changed; publish a new one`;
}
