import { hasAttentionPrice } from './attention-price.ts';
import { isFamiliarSize } from './familiar-sizes.ts';
import { maxMemoryUsedMb, memoryFloorMb, ONE_VCPU_MB } from './memory-sizes.ts';
import type { Candidate, RecommendationRequest } from './types.ts';

/** Signed per cent against 1, as people write it: "12 % less", "3 % more", "about the same". */
function against(ratio: number): string {
  const percent = Math.round(Math.abs(ratio - 1) * 100);
  if (percent === 0) return 'about the same';
  return `${percent} % ${ratio < 1 ? 'less' : 'more'}`;
}

export interface ProposedChange {
  readonly predicted: Candidate;
  /** See `Recommendation.expectedGain`. */
  readonly expectedGain: number;
  /** Nights left to learn in, tonight included. */
  readonly nights: number;
}

/** Why a change is proposed, in a sentence a person can approve or refuse on. */
export function changeReason(request: RecommendationRequest, change: ProposedChange): string {
  const { predicted } = change;
  const direction = predicted.memorySizeMb < request.currentMemorySizeMb ? 'lower' : 'raise';
  const effect = `cost ${against(predicted.relativeCost)}, duration ${against(predicted.relativeDuration)}`;
  const certainty = predicted.observed
    ? 'it has run at this size before'
    : `duration is expected between ${durationText(predicted.meanDurationLowerMs)} and ${durationText(predicted.meanDurationUpperMs)}`;
  const used = maxMemoryUsedMb(request.observations);
  const memory = direction === 'lower' && used !== undefined ? `; at most ${Math.round(used)} MB were ever used` : '';
  return `${direction} memory from ${request.currentMemorySizeMb} to ${predicted.memorySizeMb} MB: ${effect}; ${certainty}${memory}${exactly(request, predicted)}${learning(request, change)}`;
}

/** Why it is a size that nobody would type. */
function exactly(request: RecommendationRequest, { memorySizeMb, observed }: Candidate): string {
  if (memorySizeMb === ONE_VCPU_MB) return '; 1769 MB is one full vCPU';
  if (isFamiliarSize(memorySizeMb) || !hasAttentionPrice(request)) return '';
  const size = `; exactly ${memorySizeMb} MB because`;
  if (memorySizeMb === request.runtimeMemoryFloorMb) return `${size} its runtime's own settings claim that much`;
  if (memorySizeMb === memoryFloorMb(request)) return `${size} that is the least its memory use allows`;
  return observed ? `${size} it has run at it` : `${size} a notch down leads there`;
}

/** What an experiment is for; under `cost` with what it is expected to save in the end, since tonight may cost more. */
function learning(request: RecommendationRequest, { predicted, expectedGain, nights }: ProposedChange): string {
  if (predicted.observed || nights === 1) return '';
  const saved = Math.round(expectedGain * 100);
  const isStepToSavings = request.strategy === 'cost' && saved > 0 && expectedGain > 1 - predicted.relativeCost;
  if (isStepToSavings)
    return `; what tonight shows decides the next step, in the end about ${saved} % is expected to be saved`;
  return isExperiment(predicted) ? '; what tonight shows decides the next step' : '';
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

function durationText(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(0)} s`;
  return ms >= 100 ? `${ms.toFixed(0)} ms` : `${Number(ms.toPrecision(2))} ms`;
}
