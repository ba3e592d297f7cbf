import { createWatchables } from '../../../../shared/clients/cloudwatch-alarms/watchables.ts';
import { createAliasCatalog } from '../../../../shared/clients/lambda/alias-catalog.ts';
import { createProvisionedConcurrencies } from '../../../../shared/clients/provisioned-concurrency/provisioned-concurrency.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

const config = (qualifier: string, RequestedProvisionedConcurrentExecutions: number) => ({
  FunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:checkout:${qualifier}`,
  RequestedProvisionedConcurrentExecutions,
});

describe('listProvisioned', () => {
  it('reads every page', async () => {
    aws = fakeAws({
      ListProvisionedConcurrencyConfigs: (_input, nth) =>
        nth === 0
          ? { NextMarker: 'more', ProvisionedConcurrencyConfigs: [config('live', 5)] }
          : { ProvisionedConcurrencyConfigs: [config('7', 2)] },
    });

    expect(await createProvisionedConcurrencies().list('checkout')).toEqual([
      { qualifier: 'live', requested: 5 },
      { qualifier: '7', requested: 2 },
    ]);
    expect(aws.calls.map(({ input }) => input.Marker)).toEqual([undefined, 'more']);
  });

  it('takes "no configuration found" for none, and no other error', async () => {
    aws = fakeAws({
      ListProvisionedConcurrencyConfigs: (_input, nth) => {
        throw awsError(
          nth === 0 ? 'ProvisionedConcurrencyConfigNotFoundException' : 'ResourceNotFoundException',
          'client',
          404,
        );
      },
    });

    expect(await createAliasCatalog().hasProvisionedConcurrency('checkout')).toBe(false);
    await expect(createAliasCatalog().hasProvisionedConcurrency('checkout')).rejects.toThrow();
  });

  it('finds none of a function that is gone where a round of configuration comes to it, and takes no other error for that', async () => {
    const errors = ['ResourceNotFoundException', 'AccessDeniedException'];
    for (const read of [
      (name: string) => createProvisionedConcurrencies().list(name),
      (name: string) => createWatchables().findProvisionedQualifier(name),
    ]) {
      aws = fakeAws({
        ListProvisionedConcurrencyConfigs: (_input, nth) => {
          throw awsError(errors[nth]!, 'client', 404);
        },
      });
      expect((await read('checkout')) ?? []).toEqual([]);
      await expect(read('checkout')).rejects.toThrow('AWS denied');
      aws.stop();
    }
  });
});
