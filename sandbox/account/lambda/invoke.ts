import type { FunctionConfiguration, InvokeCommandInput, InvokeCommandOutput } from '@aws-sdk/client-lambda';
import { Uint8ArrayBlobAdapter } from '@smithy/util-stream';
import type { AccountContext } from '../core/account-context.ts';
import { operation } from '../core/operation.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { rateExceeded } from './errors.ts';
import type { FunctionRecord, InvocationContext, RegisteredHandler } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';
import { resolveFunction } from './qualified-name.ts';

/** Runs the function's registered handler in this process. */
export function invoke(store: FunctionStore, context: AccountContext) {
  return operation<InvokeCommandInput, InvokeCommandOutput>(
    ['FunctionName', 'Qualifier', 'InvocationType', 'Payload', 'LogType'],
    async (input) => {
      const { record, configuration, qualifier } = resolveFunction(store, input.FunctionName, input.Qualifier);
      if (record.reservedConcurrency === 0) throw rateExceeded();
      if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
      if (input.LogType === 'Tail') throw new UnsupportedByAccountError('Lambda.Invoke with LogType=Tail');
      const { handler } = record;
      if (!handler) throw new UnsupportedByAccountError(`Lambda.Invoke of ${record.name}: no handler is registered`);
      const event = parsePayload(input.Payload);
      const invocation = contextFor(context, record, configuration, qualifier);
      if (input.InvocationType === 'Event') {
        context.clock.schedule(context.clock.now(), () => runHandler(handler, event, invocation));
        return { StatusCode: 202 };
      }
      const { payload, isError } = await runHandler(handler, event, invocation);
      return {
        StatusCode: 200,
        ExecutedVersion: configuration.Version,
        Payload: Uint8ArrayBlobAdapter.fromString(payload),
        ...(isError ? { FunctionError: 'Unhandled' } : {}),
      };
    },
  );
}

function parsePayload(payload: unknown): unknown {
  if (payload === undefined) return {};
  const text = typeof payload === 'string' ? payload : Buffer.from(payload as Uint8Array).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

/** Handler errors become the payload Lambda's Node runtime writes. */
async function runHandler(
  handler: RegisteredHandler,
  event: unknown,
  invocation: InvocationContext,
): Promise<{ payload: string; isError: boolean }> {
  try {
    return { payload: JSON.stringify((await handler(event, invocation)) ?? null), isError: false };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const trace = (error.stack ?? '').split('\n');
    return {
      payload: JSON.stringify({ errorType: error.name, errorMessage: error.message, trace }),
      isError: true,
    };
  }
}

function contextFor(
  context: AccountContext,
  record: FunctionRecord,
  configuration: FunctionConfiguration,
  qualifier: string | undefined,
): InvocationContext {
  const deadlineMs = context.clock.now() + configuration.Timeout! * 1000;
  return {
    functionName: record.name,
    functionVersion: configuration.Version!,
    invokedFunctionArn: qualifier === undefined ? record.arn : `${record.arn}:${qualifier}`,
    memoryLimitInMB: String(configuration.MemorySize),
    awsRequestId: context.ids.uuid(),
    logGroupName: configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${record.name}`,
    logStreamName: `sandbox/[${configuration.Version}]${record.name}`,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => deadlineMs - context.clock.now(),
  };
}
