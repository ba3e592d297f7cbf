import type {
  AlarmId,
  AlarmQuery,
  AlarmSettings,
  AlarmTarget,
  Comparison,
  MissingData,
  Severity,
} from '../../../contracts/alarms.ts';

/** How an alarm decides; the reasons are there to be read by whoever is woken by it, or isn't. */
export interface Evaluation {
  periodSeconds: number;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  treatMissingData: MissingData;
  /** Why so many periods, and why missing data means that. */
  reason: string;
  /** Fewest samples a period needs before its value counts. @default - a single one is enough, see `reason` */
  minimumSamples?: number;
}

export interface Signal {
  queries: AlarmQuery[];
  threshold: number;
  comparison: Comparison;
  /** What is wrong when it fires, completed by target and threshold. */
  says: string;
}

/** One row of the catalogue. */
export interface AlarmRow<Kind extends AlarmTarget['kind'] = AlarmTarget['kind']> {
  id: AlarmId;
  severity: Severity;
  evaluation: Evaluation;
  /** Kinds of target it can watch. */
  watches: readonly Kind[];
  /** The measurement on one target; undefined where the target has nothing to measure (no timeout known, no alias). */
  signal(target: Extract<AlarmTarget, { kind: Kind }>, settings: AlarmSettings): Signal | undefined;
}

/** Keeps a row's own target types inside, and hands out one type for the whole table. */
export function row<Kind extends AlarmTarget['kind']>(each: AlarmRow<Kind>): AlarmRow {
  // `watches` keeps other kinds of target away from `signal`, which the type of a whole table cannot say.
  return each as unknown as AlarmRow;
}
