import { nextRound, sayProgress } from '../../../../../../shared/domain/configuration/rounds/next-round.ts';

it.each([
  [0, true, 'done'],
  [0, false, 'done'],
  [1, true, 'goOn'],
  [1, false, 'stuck'],
] as const)('with %d remaining and progress %s the execution is %s', (remaining, hasAdvanced, next) => {
  expect(nextRound({ remaining, hasAdvanced })).toBe(next);
});

it('says in words what was done', () => {
  expect(sayProgress({ created: 2, failed: 0 }, 1, 7)).toBe('after 1 round: 2 created, 0 failed; 7 remain');
  expect(sayProgress({}, 2, 0)).toBe('after 2 rounds: ; 0 remain');
});
