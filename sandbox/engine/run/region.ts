import type { JsonObject, JsonValue } from '../json.ts';
import type { MapRun } from '../map/map-run.ts';

/** A branch or iteration that is done, kept so that a redrive does not repeat it. */
export class Finished {
  readonly output: JsonValue;

  constructor(output: JsonValue) {
    this.output = output;
  }
}

export interface Position {
  readonly state: string;
  readonly input: JsonValue;
}

/**
 * One `States` field being run: a machine, a branch or a Map iteration. It holds the workflow-local variables and
 * where the run stands; a redrive starts again from exactly this.
 */
export class Region {
  readonly parent: Region | undefined;
  /** `Map.Item` of the context object inside an inline iteration. */
  readonly mapItem: JsonObject | undefined;
  readonly variables = new Map<string, JsonValue>();
  /** The state that runs, or failed, and its input; undefined before the start. */
  position: Position | undefined;
  /** Branches or iterations of the state at `position`. */
  children: (Region | Finished | undefined)[] | undefined;
  /** The Map Run of the state at `position`. */
  mapRun: MapRun | undefined;
  lastEventId: number;

  constructor(parent?: Region, mapItem?: JsonObject) {
    this.parent = parent;
    this.mapItem = mapItem ?? parent?.mapItem;
    this.lastEventId = parent?.lastEventId ?? 0;
  }

  /** Own variables first, then those of the enclosing scopes. */
  lookup(name: string): JsonValue | undefined {
    for (let region: Region | undefined = this; region; region = region.parent) {
      const value = region.variables.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  moveTo(position: Position): void {
    this.position = position;
    this.forgetChildren();
  }

  /** Lets everything go that only a redrive would need. */
  forget(): void {
    this.forgetChildren();
    this.variables.clear();
    this.position = undefined;
  }

  /** A retry or a new state starts its branches afresh. */
  forgetChildren(): void {
    this.children = undefined;
    this.mapRun = undefined;
  }
}
