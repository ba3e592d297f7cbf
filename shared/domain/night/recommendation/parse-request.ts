import { LAMBDA_MAX_MB, LAMBDA_MIN_MB } from './memory-sizes.ts';
import { type RecommendationRequest, STRATEGIES } from './types.ts';

export type ParsedRequest =
  | { readonly ok: true; readonly request: RecommendationRequest }
  | { readonly ok: false; readonly problems: readonly string[] };

const ARCHITECTURES = ['arm64', 'x86_64'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** A check looks at one field and returns what is wrong with it, if anything. */
type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a non-empty string');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false');
const oneOf =
  (allowed: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && allowed.includes(value) ? undefined : `one of ${allowed.join(', ')}`;
const number =
  (least: number, most = Number.POSITIVE_INFINITY): Check =>
  (value) => {
    const inRange = typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most;
    return inRange ? undefined : `a number from ${least}${most === Number.POSITIVE_INFINITY ? ' up' : ` to ${most}`}`;
  };
const positive: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? undefined : 'a number above 0';
const memorySize = number(1, LAMBDA_MAX_MB);
const instant: Check = (value) =>
  typeof value === 'string' && Number.isFinite(Date.parse(value)) ? undefined : 'an ISO 8601 time';

const REQUIRED: Readonly<Record<string, Check>> = {
  id: (value) => (typeof value === 'number' ? undefined : text(value)),
  functionName: text,
  architecture: oneOf(ARCHITECTURES),
  timeoutSeconds: positive,
  strategy: oneOf(STRATEGIES),
  currentMemorySizeMb: number(LAMBDA_MIN_MB, LAMBDA_MAX_MB),
};

const OPTIONAL: Readonly<Record<string, Check>> = {
  balancedWeight: number(0, 1),
  maxSlowdown: number(0, 100),
  baselineMemorySizeMb: number(LAMBDA_MIN_MB, LAMBDA_MAX_MB),
  memoryHeadroom: number(0, 10),
  minimumInvocations: number(0),
  remainingNights: number(1),
  memoryLeakSuspected: flag,
  outOfMemoryCount: number(0),
  requestsPerMonth: number(0),
  familiarSizes: flag,
  runtimeMemoryFloorMb: number(0),
};

const OBSERVATION_REQUIRED: Readonly<Record<string, Check>> = {
  memorySizeMb: memorySize,
  invocations: number(0),
  meanDurationMs: positive,
};

const OBSERVATION_OPTIONAL: Readonly<Record<string, Check>> = {
  warmUpCalls: number(0),
  p50DurationMs: positive,
  p95DurationMs: positive,
  p99DurationMs: positive,
  maxDurationMs: positive,
  maxMemoryUsedMb: positive,
  observedAt: instant,
  lookbackDays: number(0),
  errors: number(0),
  throttles: number(0),
  coldStartShare: number(0, 1),
  initDurationMs: number(0),
  cpuTimeMs: number(0),
};

const RHYTHM_OPTIONAL: Readonly<Record<string, Check>> = { everyDays: positive, nextRunOn: instant, missedRun: flag };

/** Reads a request from parsed JSON and names every problem at once. Unknown fields are ignored. */
export function parseRecommendationRequest(value: unknown): ParsedRequest {
  if (!isFields(value)) return { ok: false, problems: [`request must be an object, got ${shown(value)}`] };
  const problems = [
    ...fieldProblems(value, REQUIRED, OPTIONAL, ''),
    ...boundsProblems(value['bounds']),
    ...rhythmProblems(value['rhythm']),
    ...observationsProblems(value['observations']),
  ];
  if (problems.length > 0) return { ok: false, problems };
  // Every field was checked by the tables above, which TypeScript does not follow.
  return { ok: true, request: withoutNulls(value) as unknown as RecommendationRequest };
}

function fieldProblems(
  fields: Fields,
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>>,
  path: string,
): string[] {
  const wrong = (name: string, check: Check): string[] => {
    const expected = check(fields[name]);
    return expected === undefined ? [] : [`${path}${name} must be ${expected}, got ${shown(fields[name])}`];
  };
  return [
    ...Object.entries(required).flatMap(([name, check]) => wrong(name, check)),
    ...Object.entries(optional).flatMap(([name, check]) => (isAbsent(fields[name]) ? [] : wrong(name, check))),
  ];
}

function boundsProblems(bounds: unknown): string[] {
  if (isAbsent(bounds)) return [];
  if (!isFields(bounds)) return [`bounds must be an object, got ${shown(bounds)}`];
  const problems = fieldProblems(bounds, {}, { minMb: memorySize, maxMb: memorySize }, 'bounds.');
  const { minMb, maxMb } = bounds;
  if (typeof minMb === 'number' && typeof maxMb === 'number' && minMb > maxMb) {
    problems.push(`bounds.minMb must not exceed bounds.maxMb, got ${minMb} and ${maxMb}`);
  }
  return problems;
}

function rhythmProblems(rhythm: unknown): string[] {
  if (isAbsent(rhythm)) return [];
  if (!isFields(rhythm)) return [`rhythm must be an object, got ${shown(rhythm)}`];
  return fieldProblems(rhythm, { runs: number(0) }, RHYTHM_OPTIONAL, 'rhythm.');
}

function observationsProblems(observations: unknown): string[] {
  if (!Array.isArray(observations)) return [`observations must be an array, got ${shown(observations)}`];
  return observations.flatMap((each, index) =>
    isFields(each)
      ? fieldProblems(each, OBSERVATION_REQUIRED, OBSERVATION_OPTIONAL, `observations[${index}].`)
      : [`observations[${index}] must be an object, got ${shown(each)}`],
  );
}

/** JSON has no undefined: a field that is null counts as not given. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isFields(value)) return value;
  const given = Object.entries(value).filter(([, member]) => !isAbsent(member));
  return Object.fromEntries(given.map(([name, member]) => [name, withoutNulls(member)]));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
