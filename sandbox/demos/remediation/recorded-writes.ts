import { registerClientPlugin, type SdkClient } from '../../../shared/clients/sdk.ts';

/** A call that changed a customer's resource. */
export interface RecordedWrite {
  readonly atMs: number;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const CHANGING = new Set([
  'UpdateFunctionConfigurationCommand',
  'PutFunctionConcurrencyCommand',
  'DeleteFunctionConcurrencyCommand',
  'PutProvisionedConcurrencyConfigCommand',
  'UpdateTableCommand',
  'RegisterScalableTargetCommand',
]);

/** Writes down every such call of the product's clients that AWS accepted, beside whoever answers them. */
export function recordWrites(now: () => number): { writes: RecordedWrite[]; stop: () => void } {
  const writes: RecordedWrite[] = [];
  const stop = registerClientPlugin((client: SdkClient) => {
    client.middlewareStack.add(
      (next, context) => async (call) => {
        const answer = await next(call);
        const { commandName } = context as { commandName?: string };
        if (commandName && CHANGING.has(commandName)) {
          writes.push({ atMs: now(), command: commandName, input: { ...(call.input as object) } });
        }
        return answer;
      },
      { step: 'initialize', name: 'recordWrites', override: true },
    );
  });
  return { writes, stop };
}
