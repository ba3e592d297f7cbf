import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { WARM_UP_ENVIRONMENTS_MAX } from '../../contracts/cold-start.ts';
import { callAws } from '../aws-call.ts';
import { clientSettings, createClient } from '../sdk.ts';

/** Calls of somebody's function. */
export interface FunctionCalls {
  /** Waits for the answer; false when the function answered with an error. An absent qualifier calls `$LATEST`. */
  call(functionName: string, qualifier: string | undefined, payload: unknown): Promise<boolean>;
}

export function createFunctionCalls(): FunctionCalls {
  // One try: a warm-up that comes late warms nobody, and the next one is minutes away.
  const { requestHandler } = clientSettings();
  // A call that waited for another's socket would find the environment that the other has just left.
  const agent = { ...requestHandler.httpsAgent, maxSockets: WARM_UP_ENVIRONMENTS_MAX };
  const lambda = createClient(LambdaClient, {
    maxAttempts: 1,
    requestHandler: { ...requestHandler, httpsAgent: agent, httpAgent: agent },
  });
  return {
    call: async (FunctionName, qualifier, payload) => {
      const { FunctionError } = await callAws('lambda:InvokeFunction', () =>
        lambda.send(
          new InvokeCommand({
            FunctionName,
            ...(qualifier && { Qualifier: qualifier }),
            InvocationType: 'RequestResponse',
            Payload: Buffer.from(JSON.stringify(payload)),
          }),
        ),
      );
      return FunctionError === undefined;
    },
  };
}
