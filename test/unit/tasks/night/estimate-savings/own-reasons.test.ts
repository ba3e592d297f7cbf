import { withOwnReasons } from '../../../../../tasks/night/estimate-savings/own-reasons.ts';
import { assessment } from '../../../../support/builders.ts';

const given = (maxDurationMs: number) =>
  assessment({
    current: { memorySizeMb: 1024, timeoutSeconds: 30 },
    recommended: { memorySizeMb: 896, timeoutSeconds: 45 },
    findingReasons: ['MemoryOverprovisioned', 'TimeoutTooShort'],
    reason: 'lower memory; raise the timeout',
    timeoutReason: 'raise the timeout',
    metrics: { ...assessment().metrics!, maxDurationMs },
  });

it('lets a timeout that must rise bring along no memory change that is not worth asking about', () => {
  expect(withOwnReasons(given(28_000), false)).toMatchObject({
    recommended: { memorySizeMb: 1024, timeoutSeconds: 45 },
    findingReasons: ['TimeoutTooShort'],
    reason: 'raise the timeout',
  });
});

it('keeps both where both have a reason', () => {
  const both = given(28_000);
  expect(withOwnReasons(both, true)).toBe(both);
});

it('proposes neither where the timeout would rise only for a memory change that is not worth asking about', () => {
  expect(withOwnReasons(given(20_000), false)).toBeUndefined();
});
