import { approvedSlowdown } from '../../../../../../shared/domain/night/verification/approved-slowdown.ts';
import { assessment, change } from '../../../../../support/builders.ts';

const lowered = change({
  before: { ...change().before, memorySizeMb: 1024 },
  after: { ...change().after, memorySizeMb: 512 },
});
const withAssessment = (overrides: Parameters<typeof assessment>[0]) => ({
  ...lowered,
  assessment: assessment(overrides),
});

describe('approvedSlowdown', () => {
  it('measures the guard of cost against the baseline size, not against a faster size tried since', () => {
    const policy = { strategy: 'cost', maxSlowdown: 0.1 } as const;

    expect(approvedSlowdown(policy, withAssessment({ baselineRelativeDuration: 2 }))).toBeCloseTo(2.2, 10);
  });

  it('takes the size before the change for the baseline where an older deployment assessed it', () => {
    expect(approvedSlowdown({ strategy: 'cost', maxSlowdown: 0.1 }, withAssessment({}))).toBeCloseTo(1.1, 10);
  });

  it('takes what was predicted for approved under the other strategies', () => {
    const [first] = lowered.assessment.candidates;
    const candidates = [
      { ...first!, memorySizeMb: 512, meanDurationMs: 180, meanDurationUpperMs: 240 },
      { ...first!, memorySizeMb: 1024, meanDurationMs: 100, meanDurationUpperMs: 110 },
    ];
    const policy = { strategy: 'balanced', maxSlowdown: 0.1 } as const;

    expect(approvedSlowdown(policy, withAssessment({ candidates }))).toBeCloseTo(2.4, 10);
    expect(approvedSlowdown(policy, withAssessment({ candidates: [] }))).toBe(1);
    for (const one of candidates) expect(approvedSlowdown(policy, withAssessment({ candidates: [one] }))).toBe(1);
  });
});
