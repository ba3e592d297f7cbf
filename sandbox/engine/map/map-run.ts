import type { MachineType } from '../definition/program.ts';
import type { JsonValue } from '../json.ts';
import type { Execution, StateMachine } from '../run/execution.ts';

/** One child of a Map Run: its input and, once started, its execution. */
export interface MapRunChild {
  readonly input: JsonValue;
  /** Items in its batch; they fail together. */
  readonly itemCount: number;
  execution: Execution | undefined;
}

/** The run of a Distributed Map: what it works on and how far it is. */
export class MapRun {
  readonly arn: string;
  readonly id: string;
  /** The item processor as the state machine its children run. */
  readonly machine: StateMachine;
  readonly children: readonly MapRunChild[];
  readonly itemCount: number;
  redriveCount = 0;

  constructor(start: { arn: string; id: string; machine: StateMachine; children: readonly MapRunChild[] }) {
    this.arn = start.arn;
    this.id = start.id;
    this.machine = start.machine;
    this.children = start.children;
    this.itemCount = start.children.reduce((sum, child) => sum + child.itemCount, 0);
  }

  get executionType(): MachineType {
    return this.machine.type;
  }
}
