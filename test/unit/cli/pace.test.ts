import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { paceCalls } from '../../../cli/assess/pace.ts';
import { makeClient } from '../../../shared/clients/sdk.ts';
import { fakeAws } from '../shared/clients/fake-aws.ts';

/** When each of some calls, all made at once, got through; time stands still but for the waits. */
async function timesOf(calls: number, afterStop = false): Promise<number[]> {
  const waits: number[] = [];
  const aws = fakeAws({ ListFunctions: () => ({ Functions: [] }) });
  const stop = paceCalls({
    now: () => 0,
    sleep: async (ms) => {
      waits.push(Math.round(ms));
    },
  });
  try {
    const lambda = makeClient(LambdaClient, {});
    if (afterStop) stop();
    await Promise.all(Array.from({ length: calls }, () => lambda.send(new ListFunctionsCommand({}))));
    return waits;
  } finally {
    stop();
    aws.stop();
  }
}

it("spaces Lambda's calls to half of its fifteen a second", async () => {
  expect(await timesOf(4)).toEqual([134, 267, 400]);
});

it('leaves clients alone that live on when the assessment is over', async () => {
  expect(await timesOf(4, true)).toEqual([]);
});
