import { asksFamiliarSizes } from './attention-price.ts';
import { isFamiliarSize } from './familiar-sizes.ts';
import { maxMemoryUsedMb, memoryFloorMb, ONE_VCPU_MB } from './memory-sizes.ts';
import { durationText, lastStepInWords, timeInWords } from './time-in-words.ts';
import type { Candidate, RecommendationRequest } from './types.ts';

export interface ProposedChange {
  readonly predicted: Candidate;
  /** See `Recommendation.expectedGain`. */
  readonly expectedGain: number;
  /** See `Recommendation.expectedEndGain`. */
  readonly expectedEndGain?: number | undefined;
  /** Nights left to learn in, tonight included. */
  readonly nights: number;
}

/**
 * Why a change is proposed, in a sentence that a person can approve or refuse on: what the time goes into, what memory is
 * used for, what it rests on and what is not known. What changes, and by how much, stands beside it in columns.
 */
export function changeReason(request: RecommendationRequest, change: ProposedChange): string {
  const { currentMemorySizeMb, observations } = request;
  const { predicted } = change;
  const parts = [
    timeInWords(currentMemorySizeMb, predicted, observations.at(-1)),
    memoryInWords(request),
    lastStepInWords(observations),
    warmUpsInWords(request),
    basisInWords(predicted),
    exactly(request, predicted),
    learning(request, change),
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}

function memoryInWords({ observations, currentMemorySizeMb, outOfMemoryCount = 0 }: RecommendationRequest): string {
  const used = maxMemoryUsedMb(observations);
  if (outOfMemoryCount > 0) return `${outOfMemoryCount} calls ran out of its ${currentMemorySizeMb} MB`;
  if (used === undefined) return 'how much memory it uses is not known';
  return `it used at most ${Math.round(used)} of ${currentMemorySizeMb} MB`;
}

function warmUpsInWords({ observations }: RecommendationRequest): string | undefined {
  const { warmUpCalls = 0 } = observations.at(-1) ?? {};
  return warmUpCalls > 0 ? `${warmUpCalls} calls that only kept it warm are left out` : undefined;
}

function basisInWords({ observed, memorySizeMb, meanDurationLowerMs, meanDurationUpperMs }: Candidate): string {
  if (observed) return `it has run at ${memorySizeMb} MB before`;
  const range = `${durationText(meanDurationLowerMs)} to ${durationText(meanDurationUpperMs)}`;
  return `not tried at ${memorySizeMb} MB yet, a call is expected to take ${range}`;
}

/** Why it is a size that nobody would type. */
function exactly(request: RecommendationRequest, { memorySizeMb, observed }: Candidate): string | undefined {
  if (memorySizeMb === ONE_VCPU_MB) return '1769 MB is one full vCPU';
  if (isFamiliarSize(memorySizeMb) || !asksFamiliarSizes(request)) return undefined;
  const size = `exactly ${memorySizeMb} MB because`;
  if (memorySizeMb === request.runtimeMemoryFloorMb) return `${size} its runtime's own settings claim that much`;
  if (memorySizeMb === memoryFloorMb(request)) return `${size} that is the least its memory use allows`;
  return observed ? `${size} it has run at it` : `${size} a familiar step might slow it beyond what is allowed`;
}

/** What an experiment is for; under `cost` with what it is expected to save in the end, since tonight may cost more. */
function learning(request: RecommendationRequest, change: ProposedChange): string | undefined {
  const { predicted, nights } = change;
  if (predicted.observed || nights === 1) return undefined;
  const inTheEnd = endGain(request, change);
  const isStepToSavings = request.strategy === 'cost' && inTheEnd > 0 && inTheEnd > 1 - predicted.relativeCost;
  if (isStepToSavings)
    return `what tonight shows decides the next step, in the end about ${endInWords(request, change)} is expected to be saved`;
  return isExperiment(predicted) ? 'what tonight shows decides the next step' : undefined;
}

/** What the whole way is expected to save, as a share: where traffic is known, against never changing anything. */
const endGain = (
  { requestsPerMonth }: RecommendationRequest,
  { expectedGain, expectedEndGain = expectedGain }: ProposedChange,
): number => (requestsPerMonth === undefined ? expectedGain : expectedEndGain);

/** In dollars where traffic is known: of a large share of very little nobody needs to hear. */
function endInWords(request: RecommendationRequest, change: ProposedChange): string {
  const { requestsPerMonth } = request;
  const { predicted } = change;
  const gain = endGain(request, change);
  if (requestsPerMonth === undefined) return `${Math.round(gain * 100)} %`;
  const usdNow = (requestsPerMonth / 1e6) * (predicted.costUsdPerMillion / predicted.relativeCost);
  return `$${(gain * usdNow).toFixed(2)} a month`;
}

/** An interval this wide is a question rather than an answer. */
function isExperiment(predicted: Candidate): boolean {
  return predicted.meanDurationUpperMs > 1.25 * predicted.meanDurationLowerMs;
}

export function keepReason(request: RecommendationRequest): string {
  const mustNotLower = maxMemoryUsedMb(request.observations) === undefined;
  const evidence = mustNotLower ? ' (memory is never lowered without evidence of how much is used)' : '';
  return `keep ${request.currentMemorySizeMb} MB: no size in reach is better by more than the noise${evidence}`;
}
