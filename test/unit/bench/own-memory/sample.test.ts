import { Sample } from '../../../../bench/own-memory/sample.ts';

const keptOf = (offered: number, most: number): number[] => {
  const sample = new Sample<number>(most);
  for (let each = 0; each < offered; each += 1) sample.offer(each);
  return sample.kept;
};

it('keeps everything while there is room', () => {
  expect(keptOf(4, 4)).toEqual([0, 1, 2, 3]);
});

it('keeps evenly spread ones of many, from the first on', () => {
  expect(keptOf(100, 4)).toEqual([0, 32, 64, 96]);
});
