import { createFunctionConfigurations } from '../../../../shared/clients/lambda/function-configuration.ts';
import { fakeAws } from './fake-aws.ts';

it('writes memory and timeout against the revision that was read, and sends nothing else', async () => {
  const aws = fakeAws({ UpdateFunctionConfiguration: () => ({}) });
  await createFunctionConfigurations().write('orders', { memorySizeMb: 512, timeoutSeconds: 30 }, 'revision-1');
  expect(aws.calls.map(({ input }) => input)).toEqual([
    { FunctionName: 'orders', MemorySize: 512, Timeout: 30, RevisionId: 'revision-1' },
  ]);
  aws.stop();
});
