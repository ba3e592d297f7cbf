import { type MeasuredCurve, meanDurationMs, measuredShape } from './curve-library.ts';
import { DurationShape } from './duration-shape.ts';
import type { Timeline } from './timeline.ts';
import type { TrafficProfile } from './traffic.ts';

/** Why a function must be left alone or treated with care; `plain` is everything else. */
export type FunctionKind =
  | 'plain'
  | 'edgeReplica'
  | 'managedInstances'
  | 'durable'
  | 'image'
  | 'reservedZero'
  | 'deprecatedRuntime'
  | 'inactive'
  | 'aliasPinned'
  /** Its callers name `$LATEST` instead of nothing; asked for by tests, never drawn. */
  | 'namesLatest'
  | 'optedOut'
  | 'warnLogs';

export interface FunctionLogging {
  readonly format: 'Text' | 'JSON';
  /** WARN drops the report line of every successful invocation. */
  readonly systemLogLevel: 'INFO' | 'WARN';
  readonly logGroup: string;
  readonly retentionDays: number | undefined;
  /** What one invocation writes beside its report line. */
  readonly bytesPerInvocation: number;
  /** What it writes a day, however often it is called. @default - by its invocations */
  readonly bytesPerDay?: number;
}

/** One simulated function: what it is (fixed), and what happened to it (the timeline). */
export interface FleetFunction {
  readonly name: string;
  readonly seed: number;
  readonly kind: FunctionKind;
  readonly runtime: string | undefined;
  readonly architecture: 'arm64' | 'x86_64';
  /** Of functions that are made of one bundle. @default - code of its own; no drawn function shares any */
  readonly codeSha256?: string;
  readonly createdAtMs: number;
  readonly initialMemorySizeMb: number;
  readonly initialTimeoutS: number;
  readonly ephemeralStorageMb: number;
  readonly curve: MeasuredCurve;
  /** Spread of a log-normal tail where the curve's source gives no percentiles. */
  readonly tailSigma: number;
  readonly traffic: TrafficProfile;
  readonly baseErrorRate: number;
  /** Share of invocations that start an environment. */
  readonly coldStartShare: number;
  readonly initDurationMs: number;
  /** The most memory an environment ever needs, before any leak. */
  readonly maxMemoryUsedMb: number;
  readonly logging: FunctionLogging;
  readonly tags: Readonly<Record<string, string>>;
  readonly lambdaInsights: boolean;
  readonly timeline: Timeline;
}

/** What the function's durations are at one size; looked up often, hence remembered. */
export interface SizeBehaviour {
  readonly meanMs: number;
  readonly logMean: number;
  readonly shape: DurationShape;
  /** One deviation of the log-durations. */
  readonly spread: number;
  /** Log-ratio to the mean that practically no invocation exceeds: a limit beyond it is never met. */
  readonly negligibleLog: number;
}

const NEGLIGIBLE_TAIL_DEVIATIONS = 4;

const behaviours = new WeakMap<FleetFunction, Map<number, SizeBehaviour>>();

export function behaviourAt(fn: FleetFunction, memorySizeMb: number): SizeBehaviour {
  let bySize = behaviours.get(fn);
  if (!bySize) {
    bySize = new Map();
    behaviours.set(fn, bySize);
  }
  let behaviour = bySize.get(memorySizeMb);
  if (!behaviour) {
    const shape = measuredShape(fn.curve, memorySizeMb) ?? logNormalShape(fn.tailSigma);
    const meanMs = meanDurationMs(fn.curve, memorySizeMb);
    const spread = shape.logRatioAt(1) - shape.logRatioAt(0);
    const negligibleLog = shape.logRatioAt(NEGLIGIBLE_TAIL_DEVIATIONS);
    behaviour = { meanMs, logMean: Math.log(meanMs), shape, spread, negligibleLog };
    bySize.set(memorySizeMb, behaviour);
  }
  return behaviour;
}

const logNormalShapes = new Map<number, DurationShape>();

/** Spreads are drawn from a grid, so that ten thousand functions share a handful of shapes. */
function logNormalShape(sigma: number): DurationShape {
  let shape = logNormalShapes.get(sigma);
  if (!shape) {
    shape = DurationShape.logNormal(sigma);
    logNormalShapes.set(sigma, shape);
  }
  return shape;
}
