import type { AnalyzeOutput, AssessedCandidate } from '../../shared/contracts/assessment.ts';
import type { AnalyzeInput, CollectMetricsInput, CollectMetricsOutput } from '../../shared/contracts/evidence.ts';
import { assessment } from './builders.ts';
import type { NightWorld } from './night-world.ts';

/**
 * Has the night find that every function should have twice its memory, without looking: for tests of what comes after,
 * with more functions than there is time to assess. More memory makes nothing worse, so nothing is rolled back.
 */
export function doubleEverything({ deployment: { handlers } }: NightWorld): void {
  handlers.standIns.set(
    'collect-metrics',
    async (event): Promise<CollectMetricsOutput> => ({
      schemaVersion: 1,
      items: (event as CollectMetricsInput).Items.map((item) => ({ item })),
      metricPoints: 0,
    }),
  );
  handlers.standIns.set('analyze', async (event): Promise<AnalyzeOutput> => {
    const { functionName, functionArn, codeSha256, memorySizeMb, timeoutSeconds } = (event as AnalyzeInput).item;
    const doubleMb = memorySizeMb * 2;
    const found = assessment({
      functionName,
      functionArn,
      codeSha256,
      current: { memorySizeMb, timeoutSeconds },
      recommended: { memorySizeMb: doubleMb, timeoutSeconds },
      findingReasons: ['OutOfMemory'],
      candidates: [candidate(memorySizeMb), candidate(doubleMb)],
    });
    return { schemaVersion: 1, assessment: { ...found, metrics: { ...found.metrics!, invocationsPerMonth: 3e6 } } };
  });
}

/** As fast at any size. */
const candidate = (memorySizeMb: number): AssessedCandidate => ({
  memorySizeMb,
  meanDurationMs: 120,
  meanDurationLowerMs: 110,
  meanDurationUpperMs: 130,
  p95DurationMs: 260,
  p95DurationLowerMs: 240,
  p95DurationUpperMs: 280,
  costUsdPerMillion: memorySizeMb / 500,
  relativeCost: 1,
  relativeDuration: 1,
  meetsGuard: true,
  observed: false,
});
