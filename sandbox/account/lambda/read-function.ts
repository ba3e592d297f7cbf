import type {
  GetAccountSettingsCommandInput,
  GetAccountSettingsCommandOutput,
  GetFunctionCommandInput,
  GetFunctionCommandOutput,
  GetFunctionConfigurationCommandInput,
  GetFunctionConfigurationCommandOutput,
} from '@aws-sdk/client-lambda';
import { operation } from '../core/operation.ts';
import { unreservedConcurrency } from './concurrency.ts';
import { copyConfiguration } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';
import type { LambdaLimits } from './limits.ts';
import { resolveFunction } from './qualified-name.ts';

export function getFunction(store: FunctionStore) {
  return operation<GetFunctionCommandInput, GetFunctionCommandOutput>(['FunctionName', 'Qualifier'], (input) => {
    const { record, configuration, qualifier } = resolveFunction(store, input.FunctionName, input.Qualifier);
    const isImage = configuration.PackageType === 'Image';
    return {
      Configuration: withArn(copyConfiguration(configuration), record.arn, qualifier),
      Code: isImage
        ? { RepositoryType: 'ECR', ImageUri: `${record.name.toLowerCase()}:latest` }
        : { RepositoryType: 'S3', Location: `https://awslambda-code.example.invalid/${record.name}` },
      ...(record.tags.size > 0 ? { Tags: Object.fromEntries(record.tags) } : {}),
      ...(record.reservedConcurrency === undefined
        ? {}
        : { Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency } }),
    };
  });
}

export function getFunctionConfiguration(store: FunctionStore) {
  return operation<GetFunctionConfigurationCommandInput, GetFunctionConfigurationCommandOutput>(
    ['FunctionName', 'Qualifier'],
    (input) => {
      const { record, configuration, qualifier } = resolveFunction(store, input.FunctionName, input.Qualifier);
      return withArn(copyConfiguration(configuration), record.arn, qualifier);
    },
  );
}

/** Asked with a qualifier, Lambda answers with the ARN that was asked for. */
function withArn<T extends { FunctionArn?: string | undefined }>(configuration: T, arn: string, qualifier?: string): T {
  configuration.FunctionArn = qualifier === undefined ? arn : `${arn}:${qualifier}`;
  return configuration;
}

export function getAccountSettings(store: FunctionStore, limits: LambdaLimits) {
  return operation<GetAccountSettingsCommandInput, GetAccountSettingsCommandOutput>([], () => {
    const records = store.all();
    return {
      AccountLimit: {
        TotalCodeSize: limits.totalCodeBytes,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: limits.concurrentExecutions,
        UnreservedConcurrentExecutions: unreservedConcurrency(store, limits),
      },
      AccountUsage: {
        TotalCodeSize: records.reduce((sum, record) => sum + (record.configuration.CodeSize ?? 0), 0),
        FunctionCount: records.length,
      },
    };
  });
}
