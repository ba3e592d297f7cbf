import type { AlarmId } from '../../../shared/contracts/alarms.ts';
import type { ActionKind, RemediationOutcome } from '../../../shared/contracts/remediation.ts';
import type { FunctionMinute } from './production.ts';
import type { Simulation } from './simulation.ts';

/** A fault, and what should come of it. */
export interface Scenario {
  readonly name: string;
  /** The story in a sentence. */
  readonly tells: string;
  readonly alarm: AlarmId;
  /** What the alarm is about; its own name for what is not a function. */
  readonly resource: string;
  /** Minutes of simulated time after the fault. */
  readonly minutes: number;
  /** Before ConfigureAlarms runs. */
  setUp(simulation: Simulation): Promise<void> | void;
  /** When production is about to go wrong. */
  strike?(simulation: Simulation): Promise<void> | void;
  readonly expected: {
    readonly action: ActionKind | 'none';
    readonly outcome: RemediationOutcome;
    /** Changes of the customer's resources in the whole time. */
    readonly changes: number;
    readonly clears: boolean;
  };
}

export interface NewFunction {
  name: string;
  memorySizeMb?: number;
  timeoutSeconds?: number;
  reserved?: number;
  tags?: Record<string, string>;
}

export function createFunction({ account }: Simulation, given: NewFunction): void {
  account.lambda.createFunction(
    {
      FunctionName: given.name,
      Runtime: 'nodejs24.x',
      MemorySize: given.memorySizeMb ?? 512,
      Timeout: given.timeoutSeconds ?? 30,
      Architectures: ['arm64'],
    },
    {
      tags: given.tags ?? {},
      ...(given.reserved !== undefined && { reservedConcurrency: given.reserved }),
    },
  );
}

/** A healthy minute; scenarios override what goes wrong in theirs. */
export function minute(overrides: Partial<FunctionMinute> & { invocations: number }): FunctionMinute {
  const meanDurationMs = overrides.meanDurationMs ?? 200;
  return {
    errors: 0,
    throttles: 0,
    meanDurationMs,
    p95DurationMs: meanDurationMs * 1.5,
    maxDurationMs: meanDurationMs * 2,
    maxMemoryUsedMb: 180,
    concurrency: Math.ceil((overrides.invocations * meanDurationMs) / 60_000),
    ...overrides,
  };
}
