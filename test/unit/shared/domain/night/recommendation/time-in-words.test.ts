import {
  durationText,
  lastStepInWords,
  timeInWords,
} from '../../../../../../shared/domain/night/recommendation/time-in-words.ts';
import type { Candidate } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { anObservation } from './requests.ts';

const step = (memorySizeMb: number, relativeDuration: number) => ({ memorySizeMb, relativeDuration }) as Candidate;

describe('what the time goes into', () => {
  it.each([
    [0.19, 'it mostly waits, so less memory hardly slows it'],
    [0.2, 'part of its time is computing, the rest waiting, so less memory slows it a little'],
    [0.64, 'part of its time is computing, the rest waiting, so less memory slows it a little'],
    [0.65, 'it mostly computes, so less memory slows it'],
    [3, 'it mostly computes, so less memory slows it'],
  ])('is told by a share of CPU time of %d', (share, words) => {
    const measured = anObservation({ meanDurationMs: 100, cpuTimeMs: 100 * share });
    expect(timeInWords(1_024, step(512, 1), measured)).toBe(words);
  });

  it('is told by the step where CPU time is not known', () => {
    expect(timeInWords(1_024, step(512, 2 ** 0.5), undefined)).toMatch(/^part of its time/);
    expect(timeInWords(1_024, step(256, 2), anObservation())).toMatch(/^part of its time/);
    expect(timeInWords(1_024, step(512, 2), anObservation({ meanDurationMs: 0, cpuTimeMs: 1 }))).toMatch(/computes/);
  });

  it('says of more memory what it speeds up', () => {
    expect(timeInWords(512, step(1_024, 0.7), undefined)).toMatch(/so more memory speeds it up a little$/);
    expect(timeInWords(512, step(1_024, 0.5), undefined)).toMatch(/so more memory speeds it up$/);
    expect(timeInWords(512, step(1_024, 1), undefined)).toMatch(/so more memory hardly speeds it up$/);
  });
});

describe('what the last step did', () => {
  const at = (memorySizeMb: number, meanDurationMs: number) => anObservation({ memorySizeMb, meanDurationMs });

  it('is told from the latest night at another size', () => {
    const walked = [at(3_008, 50), at(2_048, 70), at(1_024, 90), at(1_024, 100)];
    expect(lastStepInWords(walked)).toBe('at 2048 MB it took 70 ms, at 1024 MB 100 ms');
  });

  it('is nothing where there was none', () => {
    expect(lastStepInWords([])).toBeUndefined();
    expect(lastStepInWords([at(1_024, 90), at(1_024, 100)])).toBeUndefined();
  });
});

it.each([
  [3.21, '3.2 ms'],
  [99, '99 ms'],
  [100, '100 ms'],
  [182.4, '182 ms'],
  [9_999, '9999 ms'],
  [10_000, '10 s'],
  [12_400, '12 s'],
])('writes %d ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
