import * as fc from 'fast-check';
import * as v from 'valibot';
import type { Assessment } from '../../../../../../shared/contracts/assessment.ts';
import { type AutoApprovalRule, autoApprovalRuleSchema } from '../../../../../../shared/contracts/auto-approval.ts';
import { decideByPolicy } from '../../../../../../shared/domain/approval/auto-approval/decide-by-policy.ts';
import { assessment, candidate, savings } from '../../../../../support/builders.ts';

const rule = (overrides: Partial<AutoApprovalRule> = {}): AutoApprovalRule =>
  v.parse(autoApprovalRuleSchema, { name: 'batch jobs', ...overrides });

/** 1,024 -> 512 MB at very low risk, with evidence and a prediction that keeps to the guard. */
const harmless = (overrides: Partial<Assessment> = {}): Assessment =>
  assessment({ risk: 'VeryLow', candidates: [candidate(512), candidate(1024)], ...overrides });

const decide = (subject: Assessment, rules = [rule()], saved = savings()) =>
  decideByPolicy({ assessment: subject, savings: saved }, rules);

describe('a rule', () => {
  it('approves what meets all of its conditions, by its name and with a reason', () => {
    expect(decide(harmless(), [rule({ tags: { team: 'orders' } })])).toEqual({
      approved: true,
      rule: 'batch jobs',
      reason: 'rule batch jobs: very low risk, memory changes by 50%, tagged team=orders',
    });
  });

  it.each<[string, Partial<AutoApprovalRule>, RegExp]>([
    ['lacks a tag', { tags: { tier: 'batch' } }, /not tagged tier=batch/],
    ['has another value of a tag', { tags: { team: 'billing' } }, /not tagged team=billing/],
    ['changes more memory', { maximumMemoryChange: 0.49 }, /changes by 50%, allowed is 49%/],
  ])('leaves a function to people that %s', (_, conditions, reason) => {
    expect(decide(harmless(), [rule(conditions)])).toEqual({ approved: false, reason: expect.stringMatching(reason) });
  });

  it('takes any value of a tag for *, but not its absence', () => {
    expect(decide(harmless(), [rule({ tags: { team: '*' } })]).approved).toBe(true);
    expect(decide(harmless(), [rule({ tags: { tier: '*' } })]).approved).toBe(false);
    expect(decide(harmless(), [rule({ tags: { constructor: '*' } })]).approved).toBe(false);
  });

  it.each([
    ['VeryLow', 'Low', false],
    ['Low', 'Low', true],
    ['Low', 'Medium', false],
    ['Medium', 'VeryLow', true],
  ] as const)('up to risk %s makes of risk %s: approved %s', (maximumRisk, risk, approved) => {
    expect(decide(harmless({ risk }), [rule({ maximumRisk })]).approved).toBe(approved);
  });

  it('approves a step that the model is not sure of only where it is told to', () => {
    const unsure = harmless({ candidates: [candidate(512, false)] });
    expect(decide(unsure)).toEqual({ approved: false, reason: expect.stringContaining('less than 95% sure') });
    expect(decide(unsure, [rule({ onlyWithinGuard: false })]).approved).toBe(true);
  });

  it('approves a raise that costs no more than it allows', () => {
    const raise = harmless({
      current: { memorySizeMb: 512, timeoutSeconds: 30 },
      recommended: { memorySizeMb: 768, timeoutSeconds: 30 },
    });
    const cost = savings({ savingsUsdPerMonth: -2 });
    expect(decide(raise, [rule({ maximumCostIncreaseUsdPerMonth: 1.99 })], cost).approved).toBe(false);
    expect(decide(raise, [rule({ maximumCostIncreaseUsdPerMonth: 2 })], cost).approved).toBe(true);
  });

  it('is the first that fits', () => {
    const rules = [rule({ name: 'first', tags: { tier: 'batch' } }), rule({ name: 'second' }), rule({ name: 'third' })];
    expect(decide(harmless(), rules)).toMatchObject({ rule: 'second' });
  });

  it('approves nothing by default beyond very low risk, half the memory and no cost', () => {
    expect(rule()).toEqual({
      name: 'batch jobs',
      tags: {},
      maximumRisk: 'VeryLow',
      maximumMemoryChange: 0.5,
      onlyWithinGuard: true,
      maximumCostIncreaseUsdPerMonth: 0,
    });
  });

  it('leaves everything to people where there is none', () => {
    expect(decide(harmless(), [])).toEqual({ approved: false, reason: 'there are no rules' });
  });
});

const GENEROUS = rule({ maximumRisk: 'Medium', maximumMemoryChange: 1, maximumCostIncreaseUsdPerMonth: 1_000_000 });

describe('a limit that no rule lifts', () => {
  it.each<[string, Partial<Assessment>, RegExp]>([
    ['high risk', { risk: 'High' }, /risk is high/],
    ['the opt-out tag', { tags: { 'rightsizer:auto-approve': 'False' } }, /rightsizer:auto-approve/],
    ['a lowered timeout', { recommended: { memorySizeMb: 1024, timeoutSeconds: 29 } }, /timeout would be lowered/],
    ['memory lowered without evidence', { memory: { source: 'None' } }, /without evidence/],
    ['memory lowered to what is used', { memory: { source: 'ReportLines', maxMemoryUsedMb: 512 } }, /to what it uses/],
    [
      'memory lowered by more than a factor of two',
      { recommended: { memorySizeMb: 511, timeoutSeconds: 30 }, candidates: [candidate(511)] },
      /more than a factor of 2/,
    ],
    ['no prediction at the lower size', { candidates: [candidate(1024)] }, /nothing predicts/],
  ])('is %s', (_, overrides, reason) => {
    expect(decide(harmless(), [GENEROUS]).approved).toBe(true);
    expect(decide(harmless(overrides), [GENEROUS])).toEqual({
      approved: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('is none where memory stays as it is: evidence of use and predictions are not needed', () => {
    const longer = harmless({
      ...{ recommended: { memorySizeMb: 1024, timeoutSeconds: 60 }, memory: { source: 'None' }, candidates: [] },
    });
    expect(decide(longer, [GENEROUS]).approved).toBe(true);
  });

  it('holds for whatever rules and sizes there are', () => {
    const size = fc.integer({ min: 128, max: 10_240 });
    fc.assert(
      fc.property(size, size, size, fc.constantFrom('VeryLow', 'Low', 'Medium', 'High'), (now, next, used, risk) => {
        const verdict = decide(
          harmless({
            risk,
            current: { memorySizeMb: now, timeoutSeconds: 30 },
            recommended: { memorySizeMb: next, timeoutSeconds: 30 },
            memory: { source: 'ReportLines', maxMemoryUsedMb: used },
            candidates: [candidate(next)],
          }),
          [GENEROUS],
        );
        const isWithin = risk !== 'High' && next * 2 >= now && (next >= now || next > used) && next <= now * 2;
        expect(verdict.approved).toBe(isWithin);
      }),
    );
  });
});
