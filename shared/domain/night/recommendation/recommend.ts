import { adviceFor } from './advice.ts';
import { briefRulesSize } from './brief-rules.ts';
import { candidateRows, interval, probabilityWithin, runnerUpColumn } from './candidates.ts';
import type { ChoiceTuning } from './choice-tuning.ts';
import { type Choice, chooseSize, remainingNights } from './choose.ts';
import { usableObservations } from './evidence.ts';
import { holdReason } from './hold.ts';
import { mayStay } from './memory-sizes.ts';
import { expectedCostUsd } from './objective.ts';
import { LEARNED_PRIOR } from './prior.generated.ts';
import type { CurvePrior } from './prior.ts';
import { waitingFor } from './rare-runs.ts';
import { changeReason, keepReason } from './reason.ts';
import { SampleSpace } from './sample-space.ts';
import { recommendTimeout } from './timeout.ts';
import type {
  Candidate,
  FindingReason,
  Observation,
  PerformanceRisk,
  Recommendation,
  RecommendationRequest,
} from './types.ts';

/**
 * Recommends memory and timeout from production evidence alone: `(evidence, policy, prior) → recommendation`.
 * Pure; the nightly analyze task and `rightsizer recommend --jsonl` call it alike.
 */
export function recommend(request: RecommendationRequest): Recommendation {
  return recommendWith(LEARNED_PRIOR, request);
}

/** One recommendation after the other: none holds on to its samples. */
const SPACE = new SampleSpace();

/** As `recommend`, under another prior; benches use it to keep a curve out of the prior it is scored on. */
export function recommendWith(
  prior: CurvePrior,
  request: RecommendationRequest,
  tuning?: ChoiceTuning,
): Recommendation {
  const observations = usableObservations(request);
  const waiting = waitingFor(request);
  if (observations.length === 0) return unavailable(request, waiting);
  SPACE.clear();
  const choice = chooseSize(prior, request, observations, tuning, SPACE.take);
  const isModelled = request.strategy !== 'brief-rules';
  const isHeld = isModelled && mayStay(request);
  const kept = { ...choice, chosen: choice.current };
  if (isHeld && waiting !== undefined) {
    const reason = `keep ${request.currentMemorySizeMb} MB: ${waiting}`;
    return { ...describe(request, observations, kept, reason), ...NOT_ENOUGH_YET };
  }
  const hold = isHeld ? holdReason(request) : undefined;
  if (hold !== undefined) return describe(request, observations, kept, hold);
  return request.strategy === 'brief-rules'
    ? describe(request, observations, withSize(choice, briefRulesSize(request)))
    : describe(request, observations, choice);
}

/** The choice with another size chosen; sizes the model did not consider fall to the nearest it did. */
function withSize(choice: Choice, memorySizeMb: number): Choice {
  const distance = (column: number): number => Math.abs(choice.samples.sizes[column]! - memorySizeMb);
  const columns = Array.from({ length: choice.columns }, (_, column) => column);
  return { ...choice, chosen: columns.reduce((best, column) => (distance(column) < distance(best) ? column : best)) };
}

function describe(
  request: RecommendationRequest,
  observations: readonly Observation[],
  choice: Choice,
  keptBecause: string = keepReason(request),
): Recommendation {
  const candidates = candidateRows(request, observations, choice);
  const bySize = (column: number): Candidate | undefined =>
    candidates.find((each) => each.memorySizeMb === choice.samples.sizes[column]);
  const predicted = bySize(choice.chosen)!;
  const isChange = choice.chosen !== choice.current;
  const expectedGain = expectedGainOf(choice);
  const expectedEndGain = isChange ? expectedEndGainOf(choice) : 0;
  const nights = remainingNights(request, observations);
  const timeout = recommendTimeout(request, observations, relativeUpper(choice));
  return {
    id: request.id,
    finding: isChange ? 'NotOptimized' : 'Optimized',
    findingReasons: isChange ? [direction(request, predicted)] : [],
    recommendedMemorySizeMb: predicted.memorySizeMb,
    reason: isChange ? changeReason(request, { predicted, expectedGain, expectedEndGain, nights }) : keptBecause,
    predicted,
    candidates,
    runnerUp: bySize(runnerUpColumn(choice)),
    ...(timeout === undefined
      ? {}
      : { recommendedTimeoutSeconds: timeout.timeoutSeconds, timeoutReason: timeout.reason }),
    risk: riskOf(choice),
    expectedGain,
    ...(request.strategy === 'cost' && { expectedEndGain }),
    ...(isChange && choice.leastOnTheWayMb !== undefined && { leastOnTheWayMb: choice.leastOnTheWayMb }),
    baselineRelativeDuration: Math.exp(
      interval(choice, choice.baseline).middle - interval(choice, choice.current).middle,
    ),
    advice: adviceFor(request, observations, choice.prices),
    ...savings(request, predicted),
  };
}

/** 0 as well where staying is not allowed at all: there is nothing to compare with. */
function expectedGainOf({ values, chosen, current }: Choice): number {
  const gain = values[current]! - values[chosen]!;
  return Number.isFinite(gain) ? gain : 0;
}

/** The values are shares of the baseline size's cost; people think in what they pay now. */
function expectedEndGainOf({ values, keptValue, chosen, current, baseline, samples, prices }: Choice): number {
  if (!Number.isFinite(values[current]!)) return 0;
  const costUsd = (column: number): number =>
    expectedCostUsd(samples.sizes[column]!, Math.exp(interval({ samples }, column).middle), prices);
  return ((keptValue - values[chosen]!) * costUsd(baseline)) / costUsd(current);
}

function direction(request: RecommendationRequest, predicted: Candidate): FindingReason {
  if ((request.outOfMemoryCount ?? 0) > 0) return 'OutOfMemory';
  return predicted.memorySizeMb < request.currentMemorySizeMb ? 'MemoryOverprovisioned' : 'MemoryUnderprovisioned';
}

/** How much slower than now the chosen size may be, at the upper end of its interval. */
function relativeUpper(choice: Choice): number {
  return Math.exp(interval(choice, choice.chosen).upper - interval(choice, choice.current).middle);
}

/** A slowdown a customer notices. */
const NOTICEABLE_SLOWDOWN = Math.log1p(0.1);

function riskOf(choice: Choice): PerformanceRisk {
  const slower = 1 - probabilityWithin(choice, choice.chosen, choice.current, NOTICEABLE_SLOWDOWN);
  if (slower < 0.02) return 'VeryLow';
  if (slower < 0.1) return 'Low';
  return slower < 0.5 ? 'Medium' : 'High';
}

function savings(request: RecommendationRequest, predicted: Candidate): Partial<Recommendation> {
  if (request.requestsPerMonth === undefined) return {};
  const savedShare = 1 / predicted.relativeCost - 1;
  const perMonth = (predicted.costUsdPerMillion / 1e6) * savedShare * request.requestsPerMonth;
  return { estimatedSavingsUsdPerMonth: perMonth, estimatedSavingsUsdPerYear: perMonth * 12 };
}

const NOT_ENOUGH_YET = { finding: 'Unavailable', findingReasons: ['InsufficientData'] } as const;

function unavailable(request: RecommendationRequest, waiting: string | undefined): Recommendation {
  const seen = request.observations.reduce((sum, each) => sum + each.invocations, 0);
  const why = waiting ?? `${seen} invocations are too few to tell how duration follows memory`;
  return {
    id: request.id,
    ...NOT_ENOUGH_YET,
    recommendedMemorySizeMb: request.currentMemorySizeMb,
    reason: `keep ${request.currentMemorySizeMb} MB: ${why}`,
    candidates: [],
    risk: 'VeryLow',
    expectedGain: 0,
    advice: [],
  };
}
