import type { NewFunction } from '../account/lambda/function-record.ts';
import type { FleetFunction } from './fleet-function.ts';
import type { FleetOrigin } from './make-function.ts';

/** What marks each kind of special function in its configuration. */
function specialSettings(fn: FleetFunction, origin: FleetOrigin): Partial<NewFunction> {
  const { region, accountId } = origin;
  switch (fn.kind) {
    case 'edgeReplica':
      return { MasterArn: `arn:aws:lambda:us-east-1:${accountId}:function:${fn.name.replace('us-east-1.', '')}:3` };
    case 'managedInstances':
      return {
        CapacityProviderConfig: {
          LambdaManagedInstancesCapacityProviderConfig: {
            CapacityProviderArn: `arn:aws:lambda:${region}:${accountId}:capacity-provider:shared`,
          },
        },
      };
    case 'durable':
      return { DurableConfig: { RetentionPeriodInDays: 14, ExecutionTimeout: 3600 } };
    case 'image':
      return { PackageType: 'Image', Handler: undefined };
    case 'inactive':
      return { State: 'Inactive', StateReason: 'The function is idle.', StateReasonCode: 'Idle' };
    default:
      return {};
  }
}

/** The function as Lambda would describe it on the fleet's first day. */
export function configurationOf(fn: FleetFunction, origin: FleetOrigin): NewFunction {
  const { format, systemLogLevel, logGroup } = fn.logging;
  const LoggingConfig =
    format === 'JSON'
      ? { LogFormat: format, LogGroup: logGroup, ApplicationLogLevel: 'INFO' as const, SystemLogLevel: systemLogLevel }
      : { LogFormat: format, LogGroup: logGroup };
  return {
    FunctionName: fn.name,
    MemorySize: fn.initialMemorySizeMb,
    Timeout: fn.initialTimeoutS,
    Architectures: [fn.architecture],
    EphemeralStorage: { Size: fn.ephemeralStorageMb },
    LoggingConfig,
    ...(fn.codeSha256 === undefined ? {} : { CodeSha256: fn.codeSha256 }),
    ...(fn.runtime === undefined ? {} : { Runtime: fn.runtime as NonNullable<NewFunction['Runtime']> }),
    ...(fn.lambdaInsights
      ? {
          Layers: [
            {
              Arn: `arn:aws:lambda:${origin.region}:580247275435:layer:LambdaInsightsExtension:60`,
              CodeSize: 5_000_000,
            },
          ],
        }
      : {}),
    ...specialSettings(fn, origin),
  };
}
