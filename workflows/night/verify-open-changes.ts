import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type DistributedMap, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { changeMap } from './change-map.ts';
import { SettleChange } from './settle-change.ts';
import { OPEN_CHANGE_PREFIX, State } from './state-names.ts';
import type { WorkflowTasks } from './workflow-tasks.ts';

/** Each child asks CloudWatch and perhaps Lambda; ten at a time stay far below both quotas. */
const OPEN_CHANGES_AT_ONCE = 10;

export interface VerifyOpenChangesProps {
  readonly tasks: WorkflowTasks;
  readonly runBucket: IBucket;
}

/**
 * Settles what earlier nights left watched, before anything new is proposed. Input `{ run, openChangesKey }`; every
 * child answers one ChangedOutcome.
 */
export class VerifyOpenChanges extends Construct {
  readonly state: DistributedMap;

  constructor(scope: Construct, id: string, props: VerifyOpenChangesProps) {
    super(scope, id);
    const settle = new SettleChange(this, 'Settle', { tasks: props.tasks, prefix: OPEN_CHANGE_PREFIX });
    const take = Pass.jsonata(this, `${OPEN_CHANGE_PREFIX}Taken`, {
      comment: 'Takes up a change of an earlier night',
      assign: { change: '{% $states.input %}', failure: {} },
    });
    this.state = changeMap(this, State.verifyOpenChanges, {
      comment: 'Looks again at every change that no earlier night could settle',
      runBucket: props.runBucket,
      itemsKey: '{% $states.input.openChangesKey %}',
      runId: '{% $states.context.Map.Item.Value.runId %}',
      maxConcurrency: OPEN_CHANGES_AT_ONCE,
      resultName: 'settled',
    });
    this.state.itemProcessor(take.next(settle.verifyChange));
  }
}
