import { createClientSecret } from '../../../../../shared/clients/secrets-manager/client-secret.ts';
import { useClock } from '../../../../../shared/clock.ts';
import { awsError, fakeAws } from '../fake-aws.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:oidc-a1B2c3';

/** Secrets Manager with these versions one after the other; the last one stays. */
function holding(...texts: (string | undefined | Error)[]) {
  const aws = fakeAws({
    GetSecretValue: (_, nth) => {
      const text = texts[Math.min(nth, texts.length - 1)];
      if (text instanceof Error) throw text;
      return { SecretString: text };
    },
  });
  let nowMs = 0;
  const putBack = useClock({ now: () => nowMs, sleep: async () => {} });
  cleanUp.push(aws.stop, putBack);
  return {
    read: createClientSecret(ARN),
    calls: aws.calls,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}
const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanUp.splice(0)) each();
});

it('reads the secret once for a quarter of an hour', async () => {
  const { read, calls, pass } = holding('first', 'second');
  expect([await read(), await read()]).toEqual(['first', 'first']);
  pass(15 * 60_000);
  expect(await read()).toBe('second');
  expect(calls.map(({ input }) => input)).toEqual([{ SecretId: ARN }, { SecretId: ARN }]);
});

it('reads a rotated secret at once where it is asked to', async () => {
  const { read } = holding('first', 'second');
  await read();
  expect([await read(true), await read()]).toEqual(['second', 'second']);
});

it('names the permission that is missing', async () => {
  const { read } = holding(awsError('AccessDeniedException'));
  await expect(read()).rejects.toThrow(/AWS denied secretsmanager:GetSecretValue/);
});

it.each(['{"password":"hunter2"}', undefined])(
  'names the secret without a word of what it holds (%s)',
  async (text) => {
    const { read } = holding(text);
    const refusal = await read().catch((error: Error) => error);
    expect(String(refusal)).toContain(ARN);
    expect(String(refusal)).not.toContain('hunter2');
  },
);

it('forgets a failure', async () => {
  const { read } = holding(awsError('InternalServiceError', 'server', 500), 'secret');
  await expect(read()).rejects.toThrow(/GetSecretValue failed/);
  expect(await read()).toBe('secret');
});
