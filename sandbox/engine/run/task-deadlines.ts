import type { VirtualClock } from '../../clock/virtual-clock.ts';
import { ErrorName, StateError } from '../errors.ts';
import type { TaskLimits } from './run-task.ts';

/**
 * The two clocks of a task. A missed heartbeat is reported as `States.Timeout`, as Step Functions records it, and can be
 * matched as `States.HeartbeatTimeout` too.
 */
export class TaskDeadlines {
  private readonly clock: VirtualClock;
  private readonly limits: TaskLimits;
  private readonly expire: (error: StateError) => void;
  private cancelTimeout: (() => void) | undefined;
  private cancelHeartbeat: (() => void) | undefined;

  constructor(clock: VirtualClock, limits: TaskLimits, expire: (error: StateError) => void) {
    this.clock = clock;
    this.limits = limits;
    this.expire = expire;
    this.cancelTimeout = this.after(limits.timeoutSeconds, {});
    this.beat();
  }

  /** Starts the heartbeat clock anew. */
  beat(): void {
    this.cancelHeartbeat?.();
    this.cancelHeartbeat = this.after(this.limits.heartbeatSeconds, { alsoKnownAs: ErrorName.heartbeatTimeout });
  }

  stop(): void {
    this.cancelTimeout?.();
    this.cancelHeartbeat?.();
  }

  private after(seconds: number | undefined, naming: { alsoKnownAs?: string }): (() => void) | undefined {
    if (seconds === undefined) return undefined;
    return this.clock.schedule(this.clock.now() + seconds * 1_000, () =>
      this.expire(new StateError(ErrorName.timeout, undefined, naming)),
    );
  }
}
