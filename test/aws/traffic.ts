import { setTimeout as wait } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { TEST_FUNCTIONS } from './names.ts';

const CALL_EVERY_MS = 3_000;
/** How long a call takes, for the most part waiting. */
const CALL_MS = 200;

/** Calls each function every few seconds until somebody says stop; answers how many calls there were. */
export async function callUntil(over: () => boolean): Promise<number> {
  const lambda = new LambdaClient({});
  let calls = 0;
  while (!over()) {
    await Promise.all(
      TEST_FUNCTIONS.map((FunctionName) =>
        lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ ms: CALL_MS }) })),
      ),
    );
    calls += TEST_FUNCTIONS.length;
    await wait(CALL_EVERY_MS);
  }
  return calls;
}

/** Calls them for a while. */
export function callFor(minutes: number): Promise<number> {
  const endMs = Date.now() + minutes * 60_000;
  return callUntil(() => Date.now() >= endMs);
}
