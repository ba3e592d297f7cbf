import { isRecoverable, type StateProgram } from '../definition/program.ts';
import { ErrorName, StateError } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { exceedsPayloadLimit } from '../payload-size.ts';
import type { View } from '../query/view.ts';
import type { CancelScope } from './cancel-scope.ts';
import type { Execution } from './execution.ts';
import type { EventDetails } from './history.ts';
import { isoTime } from './iso-time.ts';
import type { Region } from './region.ts';
import type { Services } from './services.ts';

/** What a state leaves behind. */
export interface Transition {
  /** Undefined ends the program. */
  readonly next: string | undefined;
  readonly output: JsonValue;
  readonly assigned?: JsonObject | undefined;
}

export interface VisitStart {
  readonly services: Services;
  readonly execution: Execution;
  readonly region: Region;
  readonly scope: CancelScope;
  readonly state: StateProgram;
  readonly input: JsonValue;
}

/** One stay in one state, from entering it to leaving it; retries happen within. */
export class Visit {
  readonly services: Services;
  readonly execution: Execution;
  readonly region: Region;
  readonly scope: CancelScope;
  readonly state: StateProgram;
  readonly input: JsonValue;
  retryCount = 0;
  taskToken: string | undefined;
  /** Number of the event that recorded the entry. */
  enteredEventId = 0;
  private readonly enteredMs: number;

  constructor(start: VisitStart) {
    this.services = start.services;
    this.execution = start.execution;
    this.region = start.region;
    this.scope = start.scope;
    this.state = start.state;
    this.input = start.input;
    this.enteredMs = start.services.clock.now();
  }

  /** What expressions see; `extra` adds the result, the error or the Map item. */
  view(extra: { result?: JsonValue; errorOutput?: JsonValue; mapItem?: JsonObject } = {}): View {
    const base: View = {
      input: this.input,
      context: () => this.context(extra.mapItem),
      lookup: (name) => this.region.lookup(name),
    };
    if (extra.result !== undefined) return { ...base, result: extra.result };
    return extra.errorOutput === undefined ? base : { ...base, errorOutput: extra.errorOutput };
  }

  record(type: string, detailsKey?: string, details?: EventDetails): void {
    this.execution.record(this.region, this.services.clock.now(), type, detailsKey, details);
  }

  /** Throws `States.DataLimitExceeded` for a payload that is too large. */
  checkSize<T extends JsonValue>(payload: T): T {
    if (!exceedsPayloadLimit(payload)) return payload;
    const cause = `The state/task '${this.state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
    throw new StateError(ErrorName.dataLimitExceeded, cause);
  }

  private context(mapItem: JsonObject | undefined): JsonObject {
    const { execution } = this;
    const item = mapItem ?? this.region.mapItem;
    return {
      Execution: {
        Id: execution.arn,
        Input: execution.input,
        Name: execution.name,
        RoleArn: execution.machine.roleArn,
        StartTime: isoTime(execution.startMs),
        RedriveCount: execution.redriveCount,
        ...(execution.redriveMs === undefined ? {} : { RedriveTime: isoTime(execution.redriveMs) }),
      },
      StateMachine: { Id: execution.machine.arn, Name: execution.machine.name },
      State: {
        Name: this.state.name,
        EnteredTime: isoTime(this.enteredMs),
        ...(isRecoverable(this.state) ? { RetryCount: this.retryCount } : {}),
      },
      ...(item === undefined ? {} : { Map: { Item: item } }),
      ...(this.taskToken === undefined ? {} : { Task: { Token: this.taskToken } }),
    };
  }
}
