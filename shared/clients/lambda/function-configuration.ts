import {
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  InvalidParameterValueException,
  LambdaClient,
  PreconditionFailedException,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { FunctionConfiguration } from '../../contracts/assessment.ts';
import type { LiveFunction, UpdateRefusal } from '../../domain/night/change/live-function.ts';
import { callAws } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { type Pace, UNPACED } from '../pace.ts';

/** Reading and changing one function's memory and timeout; nothing else of a configuration is ever sent. */
export interface FunctionConfigurations {
  /**
   * The function, or with `name:version` one of its versions, as it is now, through GetFunction (100 calls a second,
   * apart from the rest); undefined when it is gone.
   */
  read(functionName: string): Promise<LiveFunction | undefined>;
  /** Writes if the function still has the revision; a refusal is an answer, not an exception. */
  write(
    functionName: string,
    configuration: FunctionConfiguration,
    revisionId: string,
  ): Promise<{ written: true } | { written: false; why: UpdateRefusal; message: string }>;
}

/** @param pace waits before each reading; who looks at one function need not */
export function createFunctionConfigurations(
  pace: Pace = UNPACED,
  clients: PlaceClients = HERE,
): FunctionConfigurations {
  return {
    read: async (functionName) => {
      const lambda = clients.of(LambdaClient, functionName);
      await pace();
      try {
        const answer = await callAws('lambda:GetFunction', () =>
          lambda.send(new GetFunctionCommand({ FunctionName: functionName })),
        );
        return asLiveFunction(answer);
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    write: (functionName, configuration, revisionId) =>
      write(clients.of(LambdaClient, functionName), functionName, configuration, revisionId),
  };
}

async function write(
  lambda: LambdaClient,
  functionName: string,
  configuration: FunctionConfiguration,
  revisionId: string,
) {
  try {
    const input = {
      FunctionName: functionName,
      MemorySize: configuration.memorySizeMb,
      Timeout: configuration.timeoutSeconds,
      RevisionId: revisionId,
    };
    await callAws('lambda:UpdateFunctionConfiguration', () =>
      lambda.send(new UpdateFunctionConfigurationCommand(input)),
    );
    return { written: true } as const;
  } catch (error) {
    const why = refusalOf(error);
    if (why === undefined) throw error;
    return { written: false, why, message: (error as Error).message } as const;
  }
}

/** What Lambda's refusal means to us; undefined for an error that is none. */
export function refusalOf(error: unknown): UpdateRefusal | undefined {
  if (error instanceof PreconditionFailedException) return 'RevisionMismatch';
  if (error instanceof ResourceConflictException) return 'UpdateInProgress';
  if (error instanceof ResourceNotFoundException) return 'NotFound';
  if (error instanceof InvalidParameterValueException) return 'InvalidParameter';
  return undefined;
}

/** Lambda writes `2026-11-02T08:15:30.123+0000`, which not every parser of ISO 8601 takes. */
const isoOf = (lastModified: string): string => new Date(lastModified.replace('+0000', 'Z')).toISOString();

function asLiveFunction({
  Configuration: configuration,
  Concurrency: concurrency,
}: GetFunctionCommandOutput): LiveFunction {
  return {
    memorySizeMb: configuration?.MemorySize ?? 0,
    timeoutSeconds: configuration?.Timeout ?? 0,
    codeSha256: configuration?.CodeSha256 ?? '',
    revisionId: configuration?.RevisionId ?? '',
    ...(configuration?.LastModified && { lastModified: isoOf(configuration.LastModified) }),
    state: configuration?.State ?? 'Active',
    lastUpdateStatus: configuration?.LastUpdateStatus ?? 'Successful',
    ...(configuration?.LastUpdateStatusReason && { lastUpdateStatusReason: configuration.LastUpdateStatusReason }),
    ...(concurrency?.ReservedConcurrentExecutions !== undefined && {
      reservedConcurrentExecutions: concurrency.ReservedConcurrentExecutions,
    }),
    ...(configuration?.SnapStart?.ApplyOn === 'PublishedVersions' && { snapStart: true }),
  };
}
