import { ONE_VCPU_MB } from './memory-sizes.ts';
import type { CurveEvidence } from './misfit.ts';
import type { ShapeEvidence } from './posterior.ts';
import { type CurvePrior, shapeTable } from './prior.ts';
import type { Observation, RecommendationRequest } from './types.ts';

/** Fewer invocations than this tell nothing, unless the request says otherwise. */
export const DEFAULT_MINIMUM_INVOCATIONS = 5;
/** Coefficient of variation of durations when no percentile tells it. */
const DEFAULT_VARIATION = 0.1;
/** Even with endless invocations one night's mean is unlike the next by about this (log scale). */
const NIGHTLY_DEVIATION = 0.007;
/** Compute Optimizer's expected durations count, but weakly: they are projections (log scale). */
const PROJECTION_DEVIATION = 0.25;
/** How far CPU time over duration strays from a shape's computing share. */
const CPU_SHARE_DEVIATION = 0.15;
const MS_PER_DAY = 86_400_000;
/** Standard normal quantiles of the 95th and 99th percentile. */
const P95_DEVIATIONS = 1.645;
const P99_DEVIATIONS = 2.326;

/** Observations that can say something about the curve, oldest first. */
export function usableObservations(request: RecommendationRequest): Observation[] {
  const least = request.minimumInvocations ?? DEFAULT_MINIMUM_INVOCATIONS;
  return request.observations.filter((each) => each.invocations >= least && each.meanDurationMs > 0);
}

/** The observation that describes the function as it is: the latest at the current size, else the latest of all. */
export function latestObservation(observations: readonly Observation[], currentMemorySizeMb: number): Observation {
  return observations.findLast((each) => each.memorySizeMb === currentMemorySizeMb) ?? observations.at(-1)!;
}

/** The slowest invocation, or the most extreme percentile that is known. */
export function slowestDurationMs(observation: Observation): number {
  return (
    observation.maxDurationMs ?? observation.p99DurationMs ?? observation.p95DurationMs ?? observation.meanDurationMs
  );
}

/** Mean durations as the curve model takes them: repeated nights at one size merge, projections join weakly. */
export function curveEvidence(request: RecommendationRequest, observations: readonly Observation[]): CurveEvidence[] {
  const latest = observations.at(-1)!;
  const observed = mergedBySize(observations).map(({ observation, logDuration, noiseVariance }) => ({
    memorySizeMb: observation.memorySizeMb,
    logDuration,
    noiseVariance,
    deployment: observation.codeSha256 ?? '',
    ageDays: ageDays(observation, latest),
  }));
  return [...projections(request, latest), ...observed];
}

interface MergedObservation {
  readonly observation: Observation;
  readonly logDuration: number;
  readonly noiseVariance: number;
}

/** Nights at the same size, of the same deployment and time, are one point with less noise. */
function mergedBySize(observations: readonly Observation[]): MergedObservation[] {
  const alike = Map.groupBy(observations, (each) =>
    [each.memorySizeMb, each.codeSha256 ?? '', each.observedAt ?? ''].join('|'),
  );
  const merged = [...alike.values()].map((group) => {
    const precisions = group.map((each) => 1 / noiseVariance(each));
    const total = precisions.reduce((sum, each) => sum + each, 0);
    const weighted = group.reduce((sum, each, i) => sum + precisions[i]! * Math.log(each.meanDurationMs), 0);
    return { observation: group.at(-1)!, logDuration: weighted / total, noiseVariance: 1 / total };
  });
  return merged.sort((a, b) => observations.indexOf(a.observation) - observations.indexOf(b.observation));
}

function noiseVariance(observation: Observation): number {
  return NIGHTLY_DEVIATION ** 2 + variation(observation) ** 2 / observation.invocations;
}

/** Coefficient of variation of the durations, from the percentiles where they are known. */
export function variation(observation: Observation): number {
  const { meanDurationMs, p95DurationMs, p99DurationMs } = observation;
  if (p95DurationMs !== undefined) return bounded((p95DurationMs / meanDurationMs - 1) / P95_DEVIATIONS);
  if (p99DurationMs !== undefined) return bounded((p99DurationMs / meanDurationMs - 1) / P99_DEVIATIONS);
  return DEFAULT_VARIATION;
}

function bounded(value: number): number {
  return Math.min(2, Math.max(0.02, value));
}

function ageDays(observation: Observation, latest: Observation): number {
  if (observation.observedAt === undefined || latest.observedAt === undefined) return 0;
  const days = (Date.parse(latest.observedAt) - Date.parse(observation.observedAt)) / MS_PER_DAY;
  return Number.isFinite(days) ? Math.max(0, days) : 0;
}

function projections(request: RecommendationRequest, latest: Observation): CurveEvidence[] {
  return (request.computeOptimizer ?? [])
    .filter((each) => each.expectedDurationMs > 0)
    .map((each) => ({
      memorySizeMb: each.memorySizeMb,
      logDuration: Math.log(each.expectedDurationMs),
      noiseVariance: PROJECTION_DEVIATION ** 2,
      deployment: latest.codeSha256 ?? '',
      ageDays: 0,
    }));
}

/** CPU time over duration tells how much of it is computing; undefined when no observation has CPU time. */
export function cpuTimeEvidence(prior: CurvePrior, observations: readonly Observation[]): ShapeEvidence | undefined {
  const known = observations.filter((each) => each.cpuTimeMs !== undefined && each.cpuTimeMs > 0);
  if (known.length === 0) return undefined;
  const terms = known.map((each) => {
    const available = each.meanDurationMs * (each.memorySizeMb / ONE_VCPU_MB);
    const busyShare = Math.min(1, each.cpuTimeMs! / Math.max(available, Number.MIN_VALUE));
    return { busyShare, table: shapeTable(prior, each.memorySizeMb) };
  });
  return (shapeIndex) =>
    terms.reduce((sum, { busyShare, table }) => {
      const { ioShare } = prior.shapes[shapeIndex]!;
      const computingShare = 1 - ioShare / Math.exp(table[shapeIndex]!);
      return sum - 0.5 * ((busyShare - computingShare) / CPU_SHARE_DEVIATION) ** 2;
    }, 0);
}
