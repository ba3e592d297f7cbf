import { estimateNightUsage, type NightCounts } from '../../../../../shared/domain/pricing/estimate-night-usage.ts';

const nothing: NightCounts = { assessed: 0, applied: 0, notApplied: 0, settled: 0, scannedBytes: 0 };
const more = (counts: Partial<NightCounts>) => {
  const [without, with_] = [estimateNightUsage(nothing), estimateNightUsage({ ...nothing, ...counts })];
  return Object.fromEntries(
    Object.entries(with_)
      .map(([item, units]) => [item, Math.round((units - without[item as keyof typeof without]) * 1e6) / 1e6] as const)
      .filter(([, units]) => units !== 0),
  );
};

it('takes what a night takes by itself', () => {
  expect(estimateNightUsage({ ...nothing, scannedBytes: 7e9 })).toMatchObject({
    stateTransitions: 13,
    expressRequests: 0,
    lambdaRequests: 15,
    logBytesWritten: 15 * 600,
    logBytesScanned: 7e9,
    traces: 0,
  });
});

it.each<[Partial<NightCounts>, Record<string, number>]>([
  [
    { assessed: 100 },
    {
      expressRequests: 2,
      expressGbSeconds: 0.1,
      lambdaRequests: 180,
      lambdaGbSeconds: 4,
      metricsRead: 100,
      readUnits: 110,
      logBytesWritten: 108_000,
      traces: 1,
    },
  ],
  [
    { applied: 40 },
    {
      stateTransitions: 360,
      lambdaRequests: 280,
      lambdaGbSeconds: 28,
      metricsRead: 480,
      readUnits: 680,
      writeUnits: 1_800,
      events: 40,
      logBytesWritten: 168_000,
      traces: 2,
      keyRequests: 40,
    },
  ],
  [
    { notApplied: 40 },
    {
      stateTransitions: 160,
      lambdaRequests: 160,
      lambdaGbSeconds: 16,
      metricsRead: 240,
      readUnits: 400,
      writeUnits: 600,
      events: 40,
      logBytesWritten: 96_000,
      traces: 2,
      keyRequests: 40,
    },
  ],
  [
    { settled: 40 },
    {
      stateTransitions: 160,
      lambdaRequests: 120,
      lambdaGbSeconds: 16,
      metricsRead: 160,
      readUnits: 320,
      writeUnits: 480,
      events: 40,
      logBytesWritten: 72_000,
      traces: 2,
      keyRequests: 40,
    },
  ],
])('takes for %j as much more as was fitted', (counts, units) => {
  expect(more(counts)).toEqual(units);
});
