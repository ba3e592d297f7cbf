import { Duration } from 'aws-cdk-lib';
import { Choice, Condition, type IChainable, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import type { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { SCHEMA_VERSION } from '../../shared/contracts/schema-version.ts';
import { jsonata } from '../jsonata.ts';
import { PATIENT, UPDATE_IN_PROGRESS } from '../retry-policies.ts';
import { type TaskCatch, taskState } from '../task-state.ts';
import { State } from './state-names.ts';
import type { WorkflowTasks } from './workflow-tasks.ts';

export interface SettleChangeProps {
  readonly tasks: WorkflowTasks;
  /** Put in front of every state's name, since one state machine holds the fragment twice. @default - nothing */
  readonly prefix?: string;
}

/**
 * The end of every change, whether tonight's or an earlier night's that is still watched: VerifyChange, RollBackChange
 * where production got worse or FinishShift where a share of an alias did well, RecordOutcome. Expects the variable `$change` (a ChangeTaskInput) to be assigned;
 * `$kind` and `$reason` say how the change ends, `$failure` (`{}` or `{failure: …}`) what broke on the way.
 */
export class SettleChange extends Construct {
  readonly verifyChange: LambdaInvoke;
  readonly recordOutcome: IChainable;
  private readonly prefix: string;

  constructor(scope: Construct, id: string, props: SettleChangeProps) {
    super(scope, id);
    this.prefix = props.prefix ?? '';
    this.recordOutcome = this.record(props.tasks);
    this.verifyChange = this.verify(props.tasks);
    this.verifyChange.next(
      Choice.jsonata(this, this.named(State.whatFollows), {
        comment: 'Only what got worse is undone; a new version that did well gets the rest of its alias',
      })
        .when(Condition.jsonata("{% $states.input.action = 'rollBack' %}"), this.rollBack(props.tasks))
        .when(Condition.jsonata("{% $states.input.action = 'finishShift' %}"), this.finishShift(props.tasks))
        .otherwise(this.recordOutcome),
    );
  }

  /** The catch of every Task of a child: the function ends as failed, by name, and its siblings go on. */
  failed(stage: string): TaskCatch {
    return {
      next: this.recordOutcome,
      assign: {
        kind: 'Failed',
        reason: `{% '${stage} failed: ' & $states.errorOutput.Error %}`,
        failure: `{% {'failure': {'stage': '${stage}', 'name': $states.errorOutput.Error, 'message': $string($states.errorOutput.Cause)}} %}`,
      },
    };
  }

  private named(state: string): string {
    return `${this.prefix}${state}`;
  }

  private verify(tasks: WorkflowTasks): LambdaInvoke {
    return taskState(this, this.named(State.verifyChange), {
      comment: 'Compares production after the change with the same hours before it',
      lambdaFunction: tasks['verify-change'],
      timeout: Duration.minutes(3),
      event: '{% $change %}',
      assign: {
        kind: "{% $states.result.verdict = 'better' ? 'Verified' : $states.result.final ? 'Unverified' : $states.result.awaitsDeployment ? 'AwaitingDeployment' : 'Watching' %}",
        reason: '{% $states.result.reason %}',
      },
      catches: [this.failed(State.verifyChange)],
    });
  }

  private rollBack(tasks: WorkflowTasks): IChainable {
    return taskState(this, this.named(State.rollBackChange), {
      comment: 'Puts the former configuration back, if what is live is still what we wrote',
      lambdaFunction: tasks['roll-back-change'],
      timeout: Duration.minutes(5),
      event: '{% $change %}',
      passing: PATIENT,
      retry: [UPDATE_IN_PROGRESS],
      assign: {
        kind: "{% $states.result.rolledBack ? 'RolledBack' : 'RollbackRefused' %}",
        reason: '{% $states.result.reason %}',
      },
      catches: [this.failed(State.rollBackChange)],
    }).next(this.recordOutcome);
  }

  /** All traffic on the new version is another thing than a share of it, so the change stays watched for a night. */
  private finishShift(tasks: WorkflowTasks): IChainable {
    return taskState(this, this.named(State.finishShift), {
      comment: 'Leads the alias wholly to the new version, if it still is as we left it',
      lambdaFunction: tasks['finish-shift'],
      timeout: Duration.minutes(1),
      event: '{% $change %}',
      retry: [UPDATE_IN_PROGRESS],
      assign: {
        kind: "{% $states.result.finished ? 'Watching' : 'Unverified' %}",
        reason: '{% $states.result.reason %}',
      },
      catches: [this.failed(State.finishShift)],
    }).next(this.recordOutcome);
  }

  private record(tasks: WorkflowTasks): IChainable {
    return taskState(this, this.named(State.recordOutcome), {
      comment: 'Writes how the change ended to the ledger, and answers with it',
      lambdaFunction: tasks['record-outcome'],
      timeout: Duration.minutes(1),
      event: "{% $merge([$change, {'kind': $kind, 'reason': $reason}, $failure]) %}",
      catches: [{ next: this.outcomeNotRecorded(), output: '{% $states.errorOutput %}' }],
    });
  }

  private outcomeNotRecorded(): Pass {
    return Pass.jsonata(this, this.named(State.outcomeNotRecorded), {
      comment: 'The ledger could not be written; the summary still counts the function',
      outputs: jsonata(`{
        'schemaVersion': ${SCHEMA_VERSION},
        'functionName': $change.functionName,
        'functionArn': $change.functionArn,
        'runId': $change.runId,
        'kind': 'Failed',
        'reason': 'RecordOutcome failed after ' & $kind & ': ' & $reason,
        'failure': {'stage': 'RecordOutcome', 'name': $states.input.Error, 'message': $string($states.input.Cause)}
      }`),
    });
  }
}
