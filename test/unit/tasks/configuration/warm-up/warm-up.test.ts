import { isWarmUp } from '../../../../../shared/cold-start-mitigation/index.ts';
import { warmUp } from '../../../../../tasks/configuration/warm-up/warm-up.ts';

const order = { functionName: 'orders', qualifier: 'live', environments: 3, holdMs: 75 };

it('calls the alias as often at once as environments are to stay warm, with calls that handlers recognise', async () => {
  const called: unknown[][] = [];
  let atOnce = 0;
  let most = 0;
  const call = async (...args: unknown[]) => {
    called.push(args);
    atOnce += 1;
    most = Math.max(most, atOnce);
    await Promise.resolve();
    atOnce -= 1;
    return true;
  };
  expect(await warmUp(order, { call })).toEqual({ warmed: 3, failed: 0 });
  expect(most).toBe(3);
  expect(called.map(([name, qualifier]) => [name, qualifier])).toEqual(Array(3).fill(['orders', 'live']));
  expect(called.every(([, , payload]) => isWarmUp(payload))).toBe(true);
});

it('calls the bare function where that is what callers use', async () => {
  const qualifiers: unknown[] = [];
  const call = async (_name: string, qualifier: string | undefined) => {
    qualifiers.push(qualifier);
    return true;
  };
  await warmUp({ ...order, qualifier: '$LATEST', environments: 1 }, { call });
  expect(qualifiers).toEqual([undefined]);
});

it('counts calls that failed, and throws for none of them', async () => {
  const answers = [Promise.resolve(true), Promise.resolve(false), Promise.reject(new Error('throttled'))];
  const call = () => answers.shift()!;
  expect(await warmUp(order, { call })).toEqual({ warmed: 1, failed: 2 });
});

it.each([
  ['no environments', { ...order, environments: 0 }],
  ['more than a hundred', { ...order, environments: 101 }],
  ['an order of somebody else', { action: 'warm' }],
])('rejects %s', async (_title, event) => {
  await expect(warmUp(event, { call: async () => true })).rejects.toThrow('warm-up order is invalid');
});
