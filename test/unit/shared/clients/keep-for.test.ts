import { keepFor } from '../../../../shared/clients/keep-for.ts';
import { useClock } from '../../../../shared/clock.ts';

let nowMs = 0;
let asked = 0;
let putBack: () => void;
beforeEach(() => {
  nowMs = 1_000;
  asked = 0;
  putBack = useClock({ now: () => nowMs, sleep: async () => {} });
});
afterEach(() => putBack());

const counting = async () => {
  asked += 1;
  return asked;
};

it('asks once for everybody within the lifetime, and again after it', async () => {
  const answer = keepFor(100, counting);
  expect(await Promise.all([answer(), answer()])).toEqual([1, 1]);
  nowMs += 99;
  expect(await answer()).toBe(1);
  nowMs += 1;
  expect(await answer()).toBe(2);
});

it('asks again at once where a fresh answer is wanted, and keeps that', async () => {
  const answer = keepFor(100, counting);
  await answer();
  expect([await answer(true), await answer()]).toEqual([2, 2]);
});

it('keeps no failure', async () => {
  const answer = keepFor(100, async () => {
    asked += 1;
    if (asked === 1) throw new Error('away');
    return asked;
  });
  await expect(answer()).rejects.toThrow('away');
  expect(await answer()).toBe(2);
});
