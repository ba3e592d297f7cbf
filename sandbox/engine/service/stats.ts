/** What Step Functions would bill and what the engine did. */
export interface EngineStats {
  /** Standard executions: states entered, retries included. */
  stateTransitions: number;
  /** Standard executions started, children of Distributed Maps included. */
  standardExecutions: number;
  /** Express executions started, children of Distributed Maps included. */
  expressExecutions: number;
  /** Express states entered; not billed. */
  expressStateTransitions: number;
  /** Express durations, each rounded up to 100 ms as billed. */
  expressBilledMs: number;
  /** All executions. */
  executions: number;
  tasks: number;
  retries: number;
}

/** Counters of one engine. */
export class Stats implements EngineStats {
  stateTransitions = 0;
  standardExecutions = 0;
  expressExecutions = 0;
  expressStateTransitions = 0;
  expressBilledMs = 0;
  tasks = 0;
  retries = 0;

  get executions(): number {
    return this.standardExecutions + this.expressExecutions;
  }

  countTransition(isExpress: boolean): void {
    if (isExpress) this.expressStateTransitions++;
    else this.stateTransitions++;
  }

  countExpressDuration(durationMs: number): void {
    this.expressBilledMs += Math.max(100, Math.ceil(durationMs / 100) * 100);
  }

  snapshot(): EngineStats {
    return {
      stateTransitions: this.stateTransitions,
      standardExecutions: this.standardExecutions,
      expressExecutions: this.expressExecutions,
      expressStateTransitions: this.expressStateTransitions,
      expressBilledMs: this.expressBilledMs,
      executions: this.executions,
      tasks: this.tasks,
      retries: this.retries,
    };
  }
}
