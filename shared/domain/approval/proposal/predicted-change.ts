import type { AssessedCandidate, Assessment } from '../../../contracts/assessment.ts';

/** Predicted change of a duration, as shares (−0.1 = ten per cent shorter); `lower` and `upper` bound 90 %. */
export interface PredictedChange {
  readonly share: number;
  readonly lowerShare: number;
  readonly upperShare: number;
}

export type ChangeSubject = Pick<Assessment, 'candidates' | 'current' | 'recommended'>;

/** Change of the p95 duration that the proposal is expected to bring; undefined where the model said nothing. */
export function predictedP95Change(assessment: ChangeSubject): PredictedChange | undefined {
  const now = candidateAt(assessment, assessment.current.memorySizeMb);
  const proposed = candidateAt(assessment, assessment.recommended.memorySizeMb);
  if (now === undefined || proposed === undefined || now.p95DurationMs <= 0) return undefined;
  if (now === proposed) return { share: 0, lowerShare: 0, upperShare: 0 };
  return {
    share: proposed.p95DurationMs / now.p95DurationMs - 1,
    lowerShare: proposed.p95DurationLowerMs / now.p95DurationMs - 1,
    upperShare: proposed.p95DurationUpperMs / now.p95DurationMs - 1,
  };
}

export function candidateAt(assessment: ChangeSubject, memorySizeMb: number): AssessedCandidate | undefined {
  return assessment.candidates.find((each) => each.memorySizeMb === memorySizeMb);
}
