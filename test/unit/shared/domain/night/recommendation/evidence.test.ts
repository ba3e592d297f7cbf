import {
  cpuTimeEvidence,
  curveEvidence,
  latestObservation,
  slowestDurationMs,
  usableObservations,
  variation,
} from '../../../../../../shared/domain/night/recommendation/evidence.ts';
import type { Observation, RecommendationRequest } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { priorOf } from './curve-samples.ts';
import { anObservation, aRequest } from './requests.ts';

const NIGHTLY = 0.007 ** 2;
const evidenceOf = (observations: Observation[], request: Partial<RecommendationRequest> = {}) =>
  curveEvidence(aRequest(request), observations);

describe('observations that count', () => {
  const invocations = (all: Observation[]) => all.map((each) => each.invocations);

  it('have five invocations, or as many as are asked for, and a duration', () => {
    const observations = [4, 5, 6].map((each) => anObservation({ invocations: each }));
    expect(invocations(usableObservations(aRequest({ observations })))).toEqual([5, 6]);
    expect(invocations(usableObservations(aRequest({ observations, minimumInvocations: 6 })))).toEqual([6]);
    expect(usableObservations(aRequest({ observations: [anObservation({ meanDurationMs: 0 })] }))).toEqual([]);
  });

  it('describe the function by the latest at its size, else by the latest', () => {
    const [first, second, other] = [1, 2, 3].map((ms) => anObservation({ meanDurationMs: ms }));
    const smaller = { ...other!, memorySizeMb: 512 };
    expect(latestObservation([first!, second!, smaller], 1_024)).toBe(second);
    expect(latestObservation([first!, second!, smaller], 2_048)).toBe(smaller);
  });

  it('tell the slowest call by the most extreme figure they have', () => {
    const all = { meanDurationMs: 1, p95DurationMs: 2, p99DurationMs: 3, maxDurationMs: 4 };
    expect(slowestDurationMs(anObservation(all))).toBe(4);
    expect(slowestDurationMs(anObservation({ ...all, maxDurationMs: undefined }))).toBe(3);
    expect(slowestDurationMs(anObservation({ meanDurationMs: 1, p95DurationMs: 2 }))).toBe(2);
    expect(slowestDurationMs(anObservation({ meanDurationMs: 1 }))).toBe(1);
  });
});

describe('how much calls vary', () => {
  it.each([
    ['p95', { p95DurationMs: 564.5 }, 0.25],
    ['p99 where that is all', { p99DurationMs: 865.2 }, 0.5],
    ['p95 before p99', { p95DurationMs: 564.5, p99DurationMs: 4_000 }, 0.25],
    ['nothing', {}, 0.1],
    ['a p95 that is the mean: a little all the same', { p95DurationMs: 400 }, 0.02],
    ['a p95 far beyond it: twice the mean at most', { p95DurationMs: 40_000 }, 2],
  ])('is told by %s', (_, percentiles, expected) => {
    expect(variation(anObservation(percentiles))).toBeCloseTo(expected, 10);
  });
});

describe('what the curve model is told', () => {
  it('is the mean, with noise of one night and of few calls', () => {
    expect(evidenceOf([anObservation({ invocations: 100 })])).toEqual([
      {
        ...{ memorySizeMb: 1_024, logDuration: Math.log(400), deployment: '', ageDays: 0 },
        noiseVariance: expect.closeTo(NIGHTLY + 0.01 / 100, 12),
      },
    ]);
  });

  it('merges nights at one size by how much each can tell, and keeps the order', () => {
    const long = anObservation({ invocations: 10_000, meanDurationMs: 500 });
    const short = anObservation({ invocations: 10, meanDurationMs: 400 });
    const [merged, latest, ...rest] = evidenceOf([short, long, anObservation({ memorySizeMb: 512 })]);
    const [many, few] = [1 / (NIGHTLY + 0.01 / 10_000), 1 / (NIGHTLY + 0.01 / 10)];
    expect(merged!.noiseVariance).toBeCloseTo(1 / (many + few), 12);
    expect(merged!.logDuration).toBeCloseTo((many * Math.log(500) + few * Math.log(400)) / (many + few), 10);
    expect([latest!.memorySizeMb, rest]).toEqual([512, []]);
    const sizes = evidenceOf([short, anObservation({ memorySizeMb: 512 }), long]).map((each) => each.memorySizeMb);
    expect(sizes).toEqual([512, 1_024]);
  });

  it('keeps other code and other times apart, with their age in days', () => {
    const old = anObservation({ codeSha256: 'a', observedAt: '2026-11-01T00:00:00Z' });
    const night = anObservation({ codeSha256: 'b', observedAt: '2026-11-08T12:00:00Z' });
    expect(evidenceOf([old, { ...old, codeSha256: 'b' }, night])).toMatchObject([
      { deployment: 'a', ageDays: 7.5 },
      { deployment: 'b', ageDays: 7.5 },
      { deployment: 'b', ageDays: 0 },
    ]);
  });

  it('has no age where a time is missing, cannot be read or lies ahead', () => {
    const night = anObservation({ memorySizeMb: 512, observedAt: '2026-11-08T00:00:00Z' });
    const ages = (before: string | undefined, last: Observation = night) =>
      evidenceOf([anObservation({ observedAt: before }), last]).map(({ ageDays }) => ageDays);
    expect(ages(undefined)).toEqual([0, 0]);
    expect(ages('yesterday')).toEqual([0, 0]);
    expect(ages('2026-12-01T00:00:00Z')).toEqual([0, 0]);
    expect(ages('2026-11-01T00:00:00Z', anObservation({ memorySizeMb: 512 }))).toEqual([0, 0]);
  });

  it('takes Compute Optimizer’s projections first and weakly, as of the latest code', () => {
    const computeOptimizer = [
      { memorySizeMb: 512, expectedDurationMs: 800 },
      { memorySizeMb: 256, expectedDurationMs: 0 },
    ];
    const projection = { memorySizeMb: 512, logDuration: Math.log(800), noiseVariance: 0.0625, ageDays: 0 };
    expect(evidenceOf([anObservation({ codeSha256: 'b' })], { computeOptimizer })).toMatchObject([
      { ...projection, deployment: 'b' },
      { memorySizeMb: 1_024 },
    ]);
    expect(evidenceOf([anObservation()], { computeOptimizer })[0]).toEqual({ ...projection, deployment: '' });
  });
});

describe('CPU time', () => {
  const weights = (...observations: Observation[]) => {
    const evidence = cpuTimeEvidence(priorOf([1, 1, 1]), observations);
    return evidence && [0, 1, 2].map(evidence);
  };
  const half = anObservation({ memorySizeMb: 1_769, cpuTimeMs: 200 });

  it('tells nothing where it is not known', () => {
    expect(weights(anObservation(), anObservation({ cpuTimeMs: 0 }))).toBeUndefined();
  });

  it('speaks for the shape with that share of computing', () => {
    // Of the three shapes none, a half and all is computing at one vCPU; 0.5 is 3⅓ deviations of 0.15 away.
    expect(weights(half)).toEqual(
      [0, 1, 2].map((shape) => expect.closeTo(shape === 1 ? 0 : -0.5 * (0.5 / 0.15) ** 2, 8)),
    );
    expect(weights(half, anObservation(), half)![0]).toBeCloseTo(-((0.5 / 0.15) ** 2), 8);
  });

  it('is a share of the CPU that the size has, all of it at most', () => {
    // A quarter of a vCPU: the half that computes takes four times as long there, so it is four fifths of the time.
    const quarter = anObservation({ memorySizeMb: 1_769 / 4, meanDurationMs: 400, cpuTimeMs: 80 });
    expect(weights(quarter)![1]).toBeCloseTo(0, 8);
    expect(weights({ ...quarter, cpuTimeMs: 900 })![2]).toBeCloseTo(0, 8);
  });
});
