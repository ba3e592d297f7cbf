import { createConcurrency } from '../../../../../shared/clients/concurrency/concurrency.ts';
import { awsError, fakeAws } from '../fake-aws.ts';

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

describe('createConcurrency', () => {
  it('takes Lambda’s floor of unreserved executions for a refusal, not for an error', async () => {
    aws = fakeAws({
      PutFunctionConcurrency: () => {
        throw awsError('InvalidParameterValueException');
      },
    });
    expect(await createConcurrency().writeReserved('f', 900)).toEqual({
      written: false,
      reason: expect.stringContaining('AWS refused'),
    });
  });

  it.each(['ResourceNotFoundException', 'ProvisionedConcurrencyConfigNotFoundException'])(
    'knows of none after %s',
    async (name) => {
      const gone = () => {
        throw awsError(name);
      };
      aws = fakeAws({ GetFunctionConcurrency: gone, GetProvisionedConcurrencyConfig: gone });
      expect(await createConcurrency().readReserved('f')).toBeUndefined();
      expect(await createConcurrency().readProvisioned('f', 'live')).toBeUndefined();
    },
  );

  it('names the permission that is missing', async () => {
    aws = fakeAws({
      PutFunctionConcurrency: () => {
        throw awsError('AccessDeniedException');
      },
    });
    await expect(createConcurrency().writeReserved('f', 1)).rejects.toThrow('lambda:PutFunctionConcurrency');
  });

  it('reads the account’s limit and what is left of it', async () => {
    aws = fakeAws({
      GetAccountSettings: () => ({
        AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 850 },
      }),
    });
    expect(await createConcurrency().readAccount()).toEqual({ concurrency: 1_000, unreserved: 850 });
  });
});
