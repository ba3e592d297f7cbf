import { predictedP95Change } from '../../../../../../shared/domain/approval/proposal/predicted-change.ts';
import { fixtureProposals } from '../../../../../support/page/fixture-run.ts';

const assessment = fixtureProposals(1)[0]!.assessment;
const at = (memorySizeMb: number, p95DurationMs: number) => ({
  ...assessment.candidates[0]!,
  memorySizeMb,
  p95DurationMs,
  p95DurationLowerMs: p95DurationMs * 0.9,
  p95DurationUpperMs: p95DurationMs * 1.2,
});
const subject = (currentMb: number, recommendedMb: number) => ({
  candidates: [at(512, 200), at(1024, 100)],
  current: { memorySizeMb: currentMb, timeoutSeconds: 3 },
  recommended: { memorySizeMb: recommendedMb, timeoutSeconds: 3 },
});

describe('predicted change of the p95 duration', () => {
  it('compares the proposed size and its bounds with the current size', () => {
    const change = predictedP95Change(subject(1024, 512))!;
    expect(change.share).toBeCloseTo(1);
    expect(change.lowerShare).toBeCloseTo(0.8);
    expect(change.upperShare).toBeCloseTo(1.4);
  });

  it('is none, without doubt, where only the timeout changes', () => {
    expect(predictedP95Change(subject(512, 512))).toEqual({ share: 0, lowerShare: 0, upperShare: 0 });
  });

  it('is not known where the model said nothing about one of the sizes', () => {
    expect(predictedP95Change(subject(1024, 256))).toBeUndefined();
    expect(predictedP95Change({ ...subject(1024, 512), candidates: [] })).toBeUndefined();
  });
});
