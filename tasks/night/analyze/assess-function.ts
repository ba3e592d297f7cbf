import type { Assessment } from '../../../shared/contracts/assessment.ts';
import type { AnalyzeInput } from '../../../shared/contracts/evidence.ts';
import { type AcceptedMemory, acceptedMemory } from '../../../shared/domain/night/evidence/accepted-memory.ts';
import { recommend } from '../../../shared/domain/night/recommendation/recommend.ts';
import type { Recommendation } from '../../../shared/domain/night/recommendation/types.ts';
import { buildRequest, coveredRequest } from './build-request.ts';
import { selectCandidates, significant } from './select-candidates.ts';

/** Sentences of an item are cut here, since the whole assessment travels through states and into the ledger. */
const REASON_MAX_CHARS = 400;
const ADVICE_MAX = 3;

/** What one function should be given, on what evidence, and why. */
export function assessFunction(input: AnalyzeInput): Assessment {
  const { item, metrics, rhythm } = input;
  const memory = acceptedMemory(item.memoryEvidence, metrics);
  const covered = coveredStep(input, memory);
  const recommendation = covered ?? recommend(buildRequest(input, memory));
  const recommended = {
    memorySizeMb: recommendation.recommendedMemorySizeMb,
    timeoutSeconds: recommendation.recommendedTimeoutSeconds ?? item.timeoutSeconds,
  };
  return {
    functionName: item.functionName,
    functionArn: item.functionArn,
    architecture: item.architecture,
    ...(item.runtime !== undefined && { runtime: item.runtime }),
    codeSha256: item.codeSha256,
    owner: item.owner,
    tags: item.tags,
    ...finding(recommendation, item.timeoutSeconds, metrics === undefined && rhythm === undefined),
    ...(changesTimeout(recommendation, item.timeoutSeconds) && {
      timeoutReason: cut(recommendation.timeoutReason ?? ''),
    }),
    risk: recommendation.risk,
    expectedGain: significant(recommendation.expectedGain),
    ...(recommendation.expectedEndGain !== undefined && {
      expectedEndGain: significant(recommendation.expectedEndGain),
    }),
    ...(recommendation.baselineRelativeDuration !== undefined && {
      baselineRelativeDuration: significant(recommendation.baselineRelativeDuration),
    }),
    ...(covered && { isCovered: true }),
    ...(recommendation.leastOnTheWayMb !== undefined && { leastOnTheWayMb: recommendation.leastOnTheWayMb }),
    current: { memorySizeMb: item.memorySizeMb, timeoutSeconds: item.timeoutSeconds },
    recommended,
    baselineMemorySizeMb: item.baselineMemorySizeMb,
    ephemeralStorageMb: item.ephemeralStorageMb,
    ...(metrics && { metrics }),
    ...(rhythm && { rhythm }),
    memory: { ...memory, ...(memory.reason && { reason: cut(memory.reason) }) },
    candidates: selectCandidates(recommendation, item.memorySizeMb),
    advice: recommendation.advice.slice(0, ADVICE_MAX).map(({ kind, message, estimatedSavingsUsdPerMonth: saved }) => ({
      kind,
      message: cut(message),
      ...(saved !== undefined && { estimatedSavingsUsdPerMonth: saved }),
    })),
  };
}

/** The step that an earlier approval still covers, if there is one to make: people are asked only beyond it. */
function coveredStep(input: AnalyzeInput, memory: AcceptedMemory): Recommendation | undefined {
  const request = coveredRequest(input, memory);
  if (request === undefined) return undefined;
  const recommendation = recommend(request);
  const isStep = recommendation.finding === 'NotOptimized' && !changesTimeout(recommendation, request.timeoutSeconds);
  return isStep ? recommendation : undefined;
}

const changesTimeout = ({ recommendedTimeoutSeconds: proposed }: Recommendation, timeoutSeconds: number): boolean =>
  proposed !== undefined && proposed !== timeoutSeconds;

/** A timeout that should change makes a function NotOptimized as well, whatever its memory. */
function finding(
  recommendation: Recommendation,
  timeoutSeconds: number,
  withoutMetrics: boolean,
): Pick<Assessment, 'finding' | 'findingReasons' | 'reason'> {
  const { findingReasons, recommendedTimeoutSeconds: proposed, timeoutReason } = recommendation;
  const reason = withoutMetrics
    ? `CloudWatch has no usable metrics since the function was last modified; ${recommendation.reason}`
    : recommendation.reason;
  if (proposed === undefined || proposed === timeoutSeconds) {
    return { finding: recommendation.finding, findingReasons: [...findingReasons], reason: cut(reason) };
  }
  return {
    finding: 'NotOptimized',
    findingReasons: [...findingReasons, proposed > timeoutSeconds ? 'TimeoutTooShort' : 'TimeoutTooLong'],
    reason: cut([reason, timeoutReason].filter(Boolean).join('; ')),
  };
}

const cut = (text: string): string =>
  text.length > REASON_MAX_CHARS ? `${text.slice(0, REASON_MAX_CHARS - 1)}…` : text;
