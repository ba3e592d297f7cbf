import type { ChangeRecord, FunctionRecord } from '../../contracts/ledger.ts';
import type { LiveFunction } from '../night/change/live-function.ts';
import type { CallerLimit } from '../night/eligibility/caller-limit.ts';

/** A stretch of production, short enough to be the trouble itself; durations in ms. */
export interface RecentMetrics {
  invocations: number;
  errors: number;
  throttles: number;
  p95DurationMs?: number | undefined;
  maxDurationMs?: number | undefined;
}

/** What is known of a function when an alarm blames it. */
export interface FunctionEvidence {
  functionName: string;
  functionArn: string;
  /** Undefined when the function is gone. */
  live: LiveFunction | undefined;
  /** Why nobody may touch it (opted out, ours, Lambda@Edge, …), in words an operator can act on. */
  untouchable?: string | undefined;
  /** Why a change of memory or timeout would not reach its traffic (a published version behind an alias). */
  pinned?: string | undefined;
  recent: RecentMetrics;
  /** The same hours a day before our last change, where there was one inside its watch window. */
  beforeOurChange?: RecentMetrics | undefined;
  /** From REPORT lines of the last minutes at the present size; undefined where none told. */
  maxMemoryUsedMb?: number | undefined;
  /** What those who call the function can wait for; looked up only where its calls near the timeout. */
  callerLimit?: CallerLimit | undefined;
  record?: FunctionRecord | undefined;
  /** Our last change to it, settled or not. */
  lastChange?: ChangeRecord | undefined;
  account: { concurrency: number; unreserved: number };
  provisioned?: { qualifier: string; requested: number } | undefined;
}

/** What is known of a table when an alarm blames it; capacities in units a second. */
export interface TableEvidence {
  tableName: string;
  /** Undefined when the table is gone. */
  live:
    | {
        billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
        status: string;
        readUnits: number;
        writeUnits: number;
        /** Limits of Application Auto Scaling, where it manages the dimension. */
        readScaling?: { minimum: number; maximum: number } | undefined;
        writeScaling?: { minimum: number; maximum: number } | undefined;
      }
    | undefined;
  /** Requests refused in the last minutes, and capacity used, in units a second. */
  throttled: { reads: number; writes: number };
  consumed: { readUnits: number; writeUnits: number };
}
