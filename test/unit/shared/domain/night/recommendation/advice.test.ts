import { adviceFor } from '../../../../../../shared/domain/night/recommendation/advice.ts';
import { defaultUnitPrices } from '../../../../../../shared/domain/pricing/fallback-prices.ts';
import { anObservation, aRequest } from './requests.ts';

const prices = defaultUnitPrices('x86_64');
const kinds = (...args: Parameters<typeof adviceFor>): string[] => adviceFor(...args).map((each) => each.kind);

describe('adviceFor', () => {
  test('advises arm64 to a function on x86_64, with its saving', () => {
    const request = aRequest({ requestsPerMonth: 1_000_000, arm64Compatible: true });
    const [advice] = adviceFor(request, request.observations, prices);

    // 400 ms × 1 GB × a million × the difference of the two tier-1 prices.
    expect(advice).toMatchObject({ kind: 'arm64' });
    expect(advice?.estimatedSavingsUsdPerMonth).toBeCloseTo(400_000 * (0.0000166667 - 0.0000133334), 6);
  });

  test('does not advise arm64 where it is in use or known not to work', () => {
    const onArm = aRequest({ architecture: 'arm64' });
    const cannot = aRequest({ arm64Compatible: false });

    expect(kinds(onArm, onArm.observations, prices)).not.toContain('arm64');
    expect(kinds(cannot, cannot.observations, prices)).not.toContain('arm64');
  });

  test('points at INIT when it is a notable share of what is billed', () => {
    const observations = [anObservation({ meanDurationMs: 100, initDurationMs: 2_000, coldStartShare: 0.1 })];

    expect(kinds(aRequest(), observations, prices)).toContain('init-share');
    expect(kinds(aRequest(), [{ ...observations[0]!, coldStartShare: 0.001 }], prices)).not.toContain('init-share');
  });

  test('prices provisioned concurrency that sits idle', () => {
    const request = aRequest({ provisionedConcurrency: { configured: 10, maxUtilization: 0.25 } });
    const idle = adviceFor(request, request.observations, prices).find((each) => each.kind.startsWith('idle'));

    // 7 idle environments of 1 GB for a month of 2,592,000 s.
    expect(idle?.estimatedSavingsUsdPerMonth).toBeCloseTo(7 * 2_592_000 * 0.0000041667, 6);
  });

  test('leaves busy provisioned concurrency alone', () => {
    const request = aRequest({ provisionedConcurrency: { configured: 10, maxUtilization: 0.9 } });

    expect(kinds(request, request.observations, prices)).not.toContain('idle-provisioned-concurrency');
  });

  test('says what arm64 needs, and no saving where traffic is not known', () => {
    const [sure] = adviceFor(aRequest({ arm64Compatible: true }), aRequest().observations, prices);
    const [unsure] = adviceFor(aRequest(), aRequest().observations, prices);
    const message = 'moving to arm64 would cost about 20 % less per GB-second at the same duration';
    expect(sure).toEqual({ kind: 'arm64', message });
    expect(unsure!.message).toBe(`${message} if every dependency is built for it`);
  });

  test('counts INIT from a tenth of what is billed on, and says the share', () => {
    const initShare = (coldStartShare: number | undefined, initDurationMs: number | undefined = 1_000) =>
      adviceFor(aRequest(), [anObservation({ meanDurationMs: 90, initDurationMs, coldStartShare })], prices).find(
        ({ kind }) => kind === 'init-share',
      )?.message;
    expect(initShare(0.01)).toBe(
      '10 % of the billed time is INIT: a smaller bundle or SnapStart would save more than memory can',
    );
    expect([initShare(0.0099), initShare(undefined), initShare(0.5, 0)]).toEqual([undefined, undefined, undefined]);
  });

  test('counts environments as idle below half use, and says how many were busy', () => {
    const idle = (configured: number, maxUtilization: number | undefined) =>
      adviceFor(
        aRequest({ provisionedConcurrency: { configured, maxUtilization } }),
        aRequest().observations,
        prices,
      ).find(({ kind }) => kind === 'idle-provisioned-concurrency')?.message;
    expect(idle(10, 0.25)).toBe('at most 3 of 10 provisioned environments were ever busy');
    expect(idle(10, 0)).toBe('at most 0 of 10 provisioned environments were ever busy');
    expect([idle(0, 0), idle(10, undefined), idle(10, 0.5), idle(1, 0.4)]).toEqual(new Array(4).fill(undefined));
    expect(idle(10, 0.49)).toBeDefined();
  });

  test('points at a leak where one is suspected', () => {
    const leak = (memoryLeakSuspected: boolean | undefined) =>
      adviceFor(aRequest({ memoryLeakSuspected }), aRequest().observations, prices).at(-1);
    expect(leak(true)).toEqual({
      ...{ kind: 'memory-leak', message: 'memory use keeps growing while environments live: look for a leak' },
    });
    expect([leak(false)!.kind, leak(undefined)!.kind]).toEqual(['arm64', 'arm64']);
  });
});
