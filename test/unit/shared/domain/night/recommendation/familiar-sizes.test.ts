import {
  FAMILIAR_SIZES_MB,
  isFamiliarSize,
} from '../../../../../../shared/domain/night/recommendation/familiar-sizes.ts';

it.each([
  [128, true],
  [960, true],
  [1024, true],
  [1088, false],
  [1152, true],
  [1769, true],
  [931, false],
  [160, false],
])('whether %i MB is a size somebody would type: %s', (memorySizeMb, answer) => {
  expect(isFamiliarSize(memorySizeMb)).toBe(answer);
});

it('lists them all, ascending, within what Lambda allows', () => {
  // 64 apart up to 1,024, 128 apart up to 10,240, and one vCPU.
  expect(FAMILIAR_SIZES_MB).toHaveLength(15 + 72 + 1);
  expect([FAMILIAR_SIZES_MB[0], FAMILIAR_SIZES_MB.at(-1)]).toEqual([128, 10_240]);
  const everySizeMb = Array.from({ length: 10_240 }, (_, at) => at + 1).filter((memorySizeMb) => memorySizeMb >= 128);
  expect(FAMILIAR_SIZES_MB).toEqual(everySizeMb.filter(isFamiliarSize));
});
