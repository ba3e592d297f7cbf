import * as fc from 'fast-check';
import type { Decision } from '../../../../../../shared/contracts/decision.ts';
import type { ChangeRecord, FunctionRecord, StandingConsent } from '../../../../../../shared/contracts/ledger.ts';
import { CHANGED_KINDS } from '../../../../../../shared/contracts/outcome.ts';
import { furtherSteps } from '../../../../../../shared/domain/approval/proposal/wording.ts';
import { consentAfter } from '../../../../../../shared/domain/approval/standing-consent/consent-after.ts';
import { coveredSteps } from '../../../../../../shared/domain/approval/standing-consent/covered-steps.ts';
import { decideByConsent } from '../../../../../../shared/domain/approval/standing-consent/decide-by-consent.ts';
import { assessment, candidate, change, proposal } from '../../../../../support/builders.ts';

const NOW_MS = Date.parse('2026-11-28T02:00:00Z');
const DAY_MS = 86_400_000;

/** 1,024 -> 512 MB, low risk, 200 MB used, with a prediction. */
const step = assessment({
  risk: 'Low',
  current: { memorySizeMb: 1024, timeoutSeconds: 30 },
  recommended: { memorySizeMb: 512, timeoutSeconds: 30 },
  leastOnTheWayMb: 256,
  candidates: [candidate(512), candidate(1024)],
});
const consent: StandingConsent = {
  leastMemorySizeMb: 256,
  mostMemorySizeMb: 2048,
  until: new Date(NOW_MS + DAY_MS).toISOString(),
  by: { kind: 'link-holder', name: 'Ada' },
  runId: 'night-1',
  codeSha256: step.codeSha256,
  left: step.current,
};

describe('what an approval covers beside the step', () => {
  it('is down to where the way is expected to end, and never above the sizes that are seen', () => {
    expect(coveredSteps(step, { consentDays: 14 }, NOW_MS)).toEqual({
      leastMemorySizeMb: 256,
      mostMemorySizeMb: 1024,
      until: '2026-12-12T02:00:00.000Z',
    });
    const raise = { ...step, recommended: { memorySizeMb: 1536, timeoutSeconds: 30 } };
    expect(coveredSteps(raise, { consentDays: 1 }, NOW_MS)).toMatchObject({ mostMemorySizeMb: 1536 });
  });

  it.each([
    ['the policy asks about every step', step, 0],
    ['no further step is expected', { ...step, leastOnTheWayMb: undefined }, 14],
    ['only a timeout is lowered', { ...step, recommended: { memorySizeMb: 1024, timeoutSeconds: 15 } }, 14],
  ])('is nothing where %s', (_, subject, consentDays) => {
    expect(coveredSteps(subject, { consentDays }, NOW_MS)).toBeUndefined();
  });
});

describe('what the approval of a raised timeout covers', () => {
  const raised = (memorySizeMb: number, timeoutSeconds: number) => ({
    current: { memorySizeMb, timeoutSeconds: 30 },
    recommended: { memorySizeMb, timeoutSeconds },
    leastOnTheWayMb: undefined,
  });

  it.each([
    ['one more raise of the same kind, and memory down to half', 3008, 45, [1536, 3008, 180]],
    ['a raise up to the next timeout that people write', 1024, 90, [512, 1024, 420]],
    ['no more than Lambda allows', 1024, 600, [512, 1024, 900]],
    ['no less than the least size', 128, 120, [128, 128, 600]],
  ])('is %s', (_, memorySizeMb, timeoutSeconds, [least, most, timeout]) => {
    expect(coveredSteps(raised(memorySizeMb, timeoutSeconds), { consentDays: 14 }, NOW_MS)).toMatchObject({
      leastMemorySizeMb: least,
      mostMemorySizeMb: most,
      mostTimeoutSeconds: timeout,
    });
  });

  it('goes as far as the way where the memory changes with it', () => {
    const both = { ...step, recommended: { memorySizeMb: 512, timeoutSeconds: 60 } };
    expect(coveredSteps(both, { consentDays: 14 }, NOW_MS)).toMatchObject({
      leastMemorySizeMb: 256,
      mostTimeoutSeconds: 240,
    });
  });

  it('is said with its timeout', () => {
    expect(furtherSteps(coveredSteps(raised(1024, 30 * 4), { consentDays: 14 }, NOW_MS)!)).toBe(
      'further steps between 512 and 1,024 MB, and a timeout of up to 600 s, until 2026-12-12',
    );
  });
});

describe('a step under an earlier approval', () => {
  it('is covered within its sizes and days', () => {
    expect(decideByConsent(step, consent, NOW_MS)).toEqual({ covered: true, consent });
  });

  it.each<[string, Partial<typeof step>, Partial<StandingConsent>, RegExp]>([
    ['the days are over', {}, { until: new Date(NOW_MS).toISOString() }, /is over/],
    ['the code is another', { codeSha256: 'other' }, {}, /deployed anew/],
    [
      'somebody changed the memory',
      {},
      { left: { memorySizeMb: 1000, timeoutSeconds: 30 } },
      /changed the configuration/,
    ],
    [
      'somebody changed the timeout',
      {},
      { left: { memorySizeMb: 1024, timeoutSeconds: 29 } },
      /changed the configuration/,
    ],
    ['the timeout is to change', { recommended: { memorySizeMb: 512, timeoutSeconds: 60 } }, {}, /memory only/],
    [
      'the timeout is to be lowered',
      { recommended: { memorySizeMb: 512, timeoutSeconds: 15 } },
      { mostTimeoutSeconds: 120 },
      /never lowering/,
    ],
    [
      'the timeout is to be raised further than was said',
      { recommended: { memorySizeMb: 512, timeoutSeconds: 180 } },
      { mostTimeoutSeconds: 120 },
      /beyond the timeout/,
    ],
    ['it leads below the sizes', {}, { leastMemorySizeMb: 513 }, /beyond the sizes/],
    ['it leads above the sizes', {}, { mostMemorySizeMb: 511 }, /beyond the sizes/],
    [
      'traffic goes through an alias now',
      { target: { kind: 'alias', aliasName: 'live', functionVersion: '2' } },
      {},
      /another way/,
    ],
    ['its risk is high', { risk: 'High' }, {}, /risk is high/],
    ['its owner wants to be asked', { tags: { 'rightsizer:auto-approve': 'false' } }, {}, /carries the tag/],
    ['what memory it uses is not known', { memory: { source: 'none' } }, {}, /without evidence/],
  ])('is asked about again where %s', (_, subject, terms, reason) => {
    expect(decideByConsent({ ...step, ...subject }, { ...consent, ...terms }, NOW_MS)).toEqual({
      covered: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('is covered with a timeout as far as was said', () => {
    const further = { ...step, recommended: { memorySizeMb: 1024, timeoutSeconds: 120 } };
    expect(decideByConsent(further, { ...consent, mostTimeoutSeconds: 120 }, NOW_MS).covered).toBe(true);
  });

  it('is covered up to the very sizes of the approval', () => {
    const at = (size: number) =>
      decideByConsent(step, { ...consent, leastMemorySizeMb: size, mostMemorySizeMb: size }, NOW_MS).covered;
    expect([at(511), at(512), at(513)]).toEqual([false, true, false]);
  });

  it('is asked about where nobody approved anything before', () => {
    expect(decideByConsent(step, undefined, NOW_MS)).toEqual({
      ...{ covered: false, reason: 'no earlier approval covers it' },
    });
  });

  it('never leads outside what was approved, whatever is proposed', () => {
    const sizes = fc.integer({ min: 128, max: 10_240 });
    fc.assert(
      fc.property(sizes, sizes, sizes, (memorySizeMb, leastMemorySizeMb, mostMemorySizeMb) => {
        const subject = { ...step, recommended: { memorySizeMb, timeoutSeconds: 30 } };
        const verdict = decideByConsent(subject, { ...consent, leastMemorySizeMb, mostMemorySizeMb }, NOW_MS);
        return !verdict.covered || (memorySizeMb >= leastMemorySizeMb && memorySizeMb <= mostMemorySizeMb);
      }),
    );
  });
});

describe('the consent that a change leaves', () => {
  const covers = { leastMemorySizeMb: 256, mostMemorySizeMb: 1024, until: consent.until };
  const decision: Decision = { decision: 'approved', by: { kind: 'oidc', name: 'Ada' }, at: '2026-11-28T07:00:00Z' };
  const applied = (changes: Partial<ChangeRecord> = {}): ChangeRecord =>
    change({ decision, appliedAt: '2026-11-28T08:00:00Z', ...changes });
  const known = { standingConsent: consent } as FunctionRecord;

  it('is what a person approved with it, at the configuration it left', () => {
    const proven = applied();
    expect(consentAfter('Verified', proven, proposal({ covers }), undefined)).toEqual({
      ...covers,
      by: decision.by,
      runId: proven.runId,
      codeSha256: proven.before.codeSha256,
      left: proven.after,
    });
  });

  it('is for traffic of the same alias, where the change went through one', () => {
    const target = { kind: 'alias', aliasName: 'live', functionVersion: '2' } as const;
    expect(consentAfter('Verified', applied({ target }), proposal({ covers }), undefined)).toMatchObject({
      aliasName: 'live',
    });
    expect(consentAfter('Verified', applied(), proposal({ covers }), undefined)).not.toHaveProperty('aliasName');
  });

  it('is none where the proposal is gone, covered nothing, or the change was never applied', () => {
    expect(consentAfter('Verified', applied(), undefined, known)).toBeUndefined();
    expect(consentAfter('Verified', applied(), proposal(), known)).toBeUndefined();
    const { appliedAt: _, ...unapplied } = applied();
    expect(consentAfter('Verified', unapplied, proposal({ covers }), known)).toBeUndefined();
    expect(consentAfter('Verified', undefined, proposal({ covers }), known)).toBeUndefined();
    const covered = applied({ decision: { ...decision, by: { kind: 'consent', name: 'Ada' } } });
    expect(consentAfter('Verified', covered, proposal({ covers }), undefined)).toBeUndefined();
  });

  it('is the former one at the new configuration after a covered step, which extends nothing', () => {
    const covered = applied({ decision: { ...decision, by: { kind: 'consent', name: 'Ada' } } });
    expect(consentAfter('Verified', covered, proposal({ covers }), known)).toEqual({ ...consent, left: covered.after });
  });

  it.each(CHANGED_KINDS.filter((kind) => kind !== 'Verified'))('is none after a change that ended as %s', (kind) => {
    expect(consentAfter(kind, applied(), proposal({ covers }), known)).toBeUndefined();
  });

  it.each<[string, Partial<Decision>]>([
    ['a rule approved it', { by: { kind: 'policy', name: 'small steps' } }],
    ['it was approved for this step only', { onlyThisStep: true }],
  ])('is none where %s', (_, changes) => {
    const decided = applied({ decision: { ...decision, ...changes } });
    expect(consentAfter('Verified', decided, proposal({ covers }), known)).toBeUndefined();
  });
});
