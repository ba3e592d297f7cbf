import {
  CHOICE_TUNING,
  mostBeyond,
  mostFirstStep,
} from '../../../../../../shared/domain/night/recommendation/choice-tuning.ts';

it.each([
  [0, 0.36, 1.25],
  [0.05, 0.36, 1.25],
  [0.06, 0.338, 1.4],
  [0.1, 0.25, 2],
  [0.5, 0.25, 2],
])('a guard of %d accepts %d beyond it, and a first step of %d', (maxSlowdown, beyond, step) => {
  expect(mostBeyond(CHOICE_TUNING, maxSlowdown)).toBeCloseTo(beyond, 10);
  expect(mostFirstStep(CHOICE_TUNING, maxSlowdown)).toBeCloseTo(step, 10);
});
