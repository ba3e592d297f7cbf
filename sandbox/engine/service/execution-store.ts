import { ApiError } from '../errors.ts';
import type { Execution, ExecutionStatus } from '../run/execution.ts';

/** The executions an engine remembers. */
export class ExecutionStore {
  private readonly byArn = new Map<string, Execution>();
  private readonly byMachine = new Map<string, Execution[]>();

  add(execution: Execution): void {
    this.byArn.set(execution.arn, execution);
    const owner = execution.mapRunArn ?? execution.machine.arn;
    const siblings = this.byMachine.get(owner);
    if (siblings) siblings.push(execution);
    else this.byMachine.set(owner, [execution]);
  }

  find(arn: string): Execution | undefined {
    return this.byArn.get(arn);
  }

  get(arn: string): Execution {
    const execution = this.byArn.get(arn);
    if (!execution) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  /** Executions of a state machine or Map Run, newest first, as ListExecutions returns them. */
  list(ownerArn: string, status?: ExecutionStatus): Execution[] {
    const all = [...(this.byMachine.get(ownerArn) ?? [])].reverse();
    return status === undefined ? all : all.filter((execution) => execution.status === status);
  }
}
