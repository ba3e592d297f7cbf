import type { AssessmentItem } from '../../../contracts/evidence.ts';
import type { StoredObservation } from '../../../contracts/manifest.ts';

/**
 * A batch of functions must fit a state's payload of 262,144 bytes with their metrics; at 2 KB each about a hundred
 * do, twice as many as share a GetMetricData call.
 */
export const ITEM_MAX_BYTES = 2_000;
/** Bytes the metrics of a function add to its item: thirteen numbers and two times with their names, and its rhythm. */
export const METRICS_MAX_BYTES = 580;
/** A code hash only has to differ from another one. */
const SHA_PREFIX_CHARS = 12;

type Step = (item: AssessmentItem) => AssessmentItem | undefined;

/** What is given up, in this order, until the item fits; each step answers undefined when it has nothing to give. */
const STEPS: readonly Step[] = [withoutTags, withoutProjections, withoutMiddleObservation];

/**
 * The item, small enough to travel. Numbers lose digits nobody measured; what still does not fit is given up, the
 * least valuable first: tags, Compute Optimizer's projections, observations between the first and the latest.
 */
export function compactItem(item: AssessmentItem, maxBytes = ITEM_MAX_BYTES - METRICS_MAX_BYTES): AssessmentItem {
  let compact: AssessmentItem = { ...item, observations: item.observations.map(compactObservation) };
  for (const step of STEPS) {
    while (Buffer.byteLength(JSON.stringify(compact)) > maxBytes) {
      const smaller = step(compact);
      if (smaller === undefined) break;
      compact = smaller;
    }
  }
  return compact;
}

function withoutTags(item: AssessmentItem): AssessmentItem | undefined {
  const last = Object.keys(item.tags).at(-1);
  if (last === undefined) return undefined;
  const { [last]: _, ...tags } = item.tags;
  return { ...item, tags };
}

function withoutProjections(item: AssessmentItem): AssessmentItem | undefined {
  const { computeOptimizer, ...memoryEvidence } = item.memoryEvidence;
  return computeOptimizer === undefined ? undefined : { ...item, memoryEvidence };
}

/** The first observation is the baseline and the last the freshest; of the others the oldest goes first. */
function withoutMiddleObservation(item: AssessmentItem): AssessmentItem | undefined {
  if (item.observations.length === 0) return undefined;
  return { ...item, observations: item.observations.toSpliced(item.observations.length > 1 ? 1 : 0, 1) };
}

function compactObservation(observation: StoredObservation): StoredObservation {
  const entries = Object.entries(observation).map(([key, value]) => [
    key,
    typeof value === 'number' ? Math.round(value * 100) / 100 : value,
  ]);
  const compact = Object.fromEntries(entries) as StoredObservation;
  const { codeSha256 } = observation;
  return codeSha256 === undefined ? compact : { ...compact, codeSha256: codeSha256.slice(0, SHA_PREFIX_CHARS) };
}
