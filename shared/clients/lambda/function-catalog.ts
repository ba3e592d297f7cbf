import { type FunctionConfiguration, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { ListedFunction } from '../../domain/night/eligibility/listed-function.ts';
import { runtimeMemoryFloorMb } from '../../domain/night/eligibility/runtime-memory-floor.ts';
import type { Place } from '../../domain/organization/place.ts';
import { callAws, listOf } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { type Pace, UNPACED } from '../pace.ts';

/** Every function of an account and region, `$LATEST` only; without a place, of the hub's own. */
export interface FunctionCatalog {
  listFunctions(place?: Place): Promise<ListedFunction[]>;
}

/** ListFunctions gives at most 50 functions a page, whatever it is asked for. */
const PAGE_SIZE = 50;
/** Lambda's defaults where ListFunctions says nothing. */
const DEFAULT_MEMORY_MB = 128;
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_EPHEMERAL_STORAGE_MB = 512;
/** A function that does not say when it was modified counts as never modified. */
const LONG_AGO = new Date(0).toISOString();

/** @param pace waits before each page, a call of the control plane's 15 a second */
export function createFunctionCatalog(pace: Pace = UNPACED, clients: PlaceClients = HERE): FunctionCatalog {
  return {
    listFunctions: async (place) => {
      const lambda = clients.at(LambdaClient, place);
      const functions: ListedFunction[] = [];
      let marker: string | undefined;
      do {
        const input = { MaxItems: PAGE_SIZE, ...(marker && { Marker: marker }) };
        await pace();
        const page = await callAws('lambda:ListFunctions', () => lambda.send(new ListFunctionsCommand(input)));
        for (const each of listOf('lambda:ListFunctions', page.Functions)) functions.push(asListedFunction(each));
        marker = page.NextMarker;
      } while (marker);
      // Elsewhere a function is known by its ARN: the hub may have one of the same name.
      return place === undefined ? functions : functions.map((each) => ({ ...each, functionName: each.functionArn }));
    },
  };
}

/** Keeps what rules need; the environment goes no further than here. */
export function asListedFunction(each: FunctionConfiguration): ListedFunction {
  const functionName = each.FunctionName ?? '';
  const floorMb = runtimeMemoryFloorMb(each.Environment?.Variables ?? {});
  return {
    functionName,
    functionArn: each.FunctionArn ?? '',
    ...(each.Runtime && { runtime: each.Runtime }),
    architecture: each.Architectures?.[0] ?? 'x86_64',
    packageType: each.PackageType ?? 'Zip',
    memorySizeMb: each.MemorySize ?? DEFAULT_MEMORY_MB,
    timeoutSeconds: each.Timeout ?? DEFAULT_TIMEOUT_SECONDS,
    ephemeralStorageMb: each.EphemeralStorage?.Size ?? DEFAULT_EPHEMERAL_STORAGE_MB,
    lastModified: each.LastModified ? new Date(each.LastModified).toISOString() : LONG_AGO,
    codeSha256: each.CodeSha256 ?? '',
    ...loggingOf(each, functionName),
    ...(floorMb && { runtimeMemoryFloorMb: floorMb }),
    ...stateOf(each),
    managedInstances: each.CapacityProviderConfig !== undefined,
    durable: each.DurableConfig !== undefined,
    codeSigned: Boolean(each.SigningProfileVersionArn ?? each.SigningJobArn),
  };
}

function loggingOf(each: FunctionConfiguration, functionName: string) {
  const systemLogLevel = each.LoggingConfig?.SystemLogLevel;
  return {
    logGroupName: each.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`,
    logFormat: each.LoggingConfig?.LogFormat ?? ('Text' as const),
    ...(systemLogLevel && { systemLogLevel }),
  };
}

function stateOf(each: FunctionConfiguration) {
  return {
    ...(each.State && { state: each.State }),
    ...(each.StateReason && { stateReason: each.StateReason }),
    ...(each.LastUpdateStatus && { lastUpdateStatus: each.LastUpdateStatus }),
    ...(each.MasterArn && { masterArn: each.MasterArn }),
  };
}
