import fc from 'fast-check';
import { ALARM_IDS } from '../../../../../shared/contracts/alarms.ts';
import { ACTION_KINDS } from '../../../../../shared/contracts/remediation.ts';
import { clearingSeconds } from '../../../../../shared/domain/remediation/clearing-time.ts';
import {
  DEFAULT_POLICIES,
  DEFAULT_REMEDIATION_SETTINGS as settings,
} from '../../../../../shared/domain/remediation/policy.ts';
import {
  provisionedUsdPerMonth,
  raisedMemoryMb,
  raisedProvisioned,
  raisedReservation,
  raisedTimeoutSeconds,
  raisedUnits,
} from '../../../../../shared/domain/remediation/raise.ts';

const whole = (min: number, max: number) => fc.integer({ min, max });

describe('raises', () => {
  it('are more than before, and never above Lambda’s limits', () => {
    fc.assert(
      fc.property(whole(128, 10_240), whole(1, 900), (memoryMb, timeoutSeconds) => {
        const memory = raisedMemoryMb(memoryMb, settings) ?? memoryMb;
        const timeout = raisedTimeoutSeconds(timeoutSeconds, settings) ?? timeoutSeconds;
        expect(memory).toBeGreaterThanOrEqual(memoryMb);
        expect(memory).toBeLessThanOrEqual(10_240);
        expect(timeout).toBeGreaterThanOrEqual(timeoutSeconds);
        expect(timeout).toBeLessThanOrEqual(900);
        expect(memoryMb < 10_240).toBe(memory > memoryMb);
      }),
    );
  });

  it('never leave less than a hundred executions unreserved', () => {
    fc.assert(
      fc.property(whole(1, 900), whole(0, 1_000), (current, unreserved) => {
        const after = raisedReservation(current, { concurrency: 1_000, unreserved }, settings);
        if (after !== undefined) expect(unreserved - (after - current)).toBeGreaterThanOrEqual(100);
      }),
    );
  });

  it('never cost more provisioned concurrency than the budget', () => {
    fc.assert(
      fc.property(whole(1, 500), whole(128, 10_240), (current, memoryMb) => {
        const after = raisedProvisioned(current, memoryMb, settings) ?? current;
        expect(provisionedUsdPerMonth(after - current, memoryMb)).toBeLessThanOrEqual(
          settings.provisionedBudgetUsdPerMonth,
        );
      }),
    );
  });

  it('end at the most units a table may have', () => {
    expect(raisedUnits(3_900, settings)).toBe(4_000);
    expect(raisedUnits(4_000, settings)).toBeUndefined();
  });
});

it('prices provisioned concurrency by the GB-second', () => {
  // 1 GB for 730 h is 2,628,000 GB-s at 0.0000041667 USD.
  expect(provisionedUsdPerMonth(1, 1_024)).toBeCloseTo(10.95, 2);
});

it.each(ALARM_IDS)('waits for %s until all its periods have turned over', (id) => {
  expect(clearingSeconds(id)).toBeGreaterThan(300);
});

it.each(ACTION_KINDS)('has a policy for %s that outlasts the alarm it answers', (kind) => {
  expect(DEFAULT_POLICIES[kind].coolDownMinutes).toBeGreaterThanOrEqual(30);
  expect(DEFAULT_POLICIES[kind].maximumPerDay).toBeGreaterThan(0);
});
