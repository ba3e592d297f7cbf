import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  type IChainable,
  QueryLanguage,
  StateMachine,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { executionLog } from '../execution-log.ts';
import { UPDATE_IN_PROGRESS } from '../retry-policies.ts';
import { type TaskCatch, taskState } from '../task-state.ts';
import { RemediationState as State } from './state-names.ts';

/** Published versions of the functions behind the states. */
export interface RemediationTasks {
  readonly 'classify-alarm': IFunction;
  readonly remediate: IFunction;
  readonly 'verify-alarm-cleared': IFunction;
  readonly 'record-remediation': IFunction;
}

export interface RemediationWorkflowProps {
  readonly tasks: RemediationTasks;
  /** How long errors of executions are kept. */
  readonly logRetention: RetentionDays;
}

/** Longer than the longest chain of retries and the longest evaluation of an alarm; an incident is over by then. */
const LONGEST_REMEDIATION = Duration.hours(6);
const EXECUTION = "{'arn': $states.context.Execution.Id, 'name': $states.context.Execution.Name}";

/**
 * One alarm: ClassifyAlarm → Remediate → WaitForEffect → VerifyAlarmCleared → (UndoInVain) → RecordRemediation.
 * Started by EventBridge for every alarm of ours that fires, with CloudWatch's event as its input, or by an operator
 * with `{"action": "approve" | "undo", "remediationId": …}`. From event to action: two functions, four transitions.
 *
 * Variables: `$classified`, `$remediated`, `$verified`, `$undone`, `$failure`, each null until its state has spoken.
 * Whatever happens ends in RecordRemediation; an alarm that cannot be helped is not a failed execution.
 */
export class RemediationWorkflow extends Construct {
  readonly stateMachine: StateMachine;
  private readonly tasks: RemediationTasks;
  private readonly record: LambdaInvoke;

  constructor(scope: Construct, id: string, props: RemediationWorkflowProps) {
    super(scope, id);
    this.tasks = props.tasks;
    this.record = this.recordRemediation();
    const isChanged = this.isResourceChanged(this.waitForEffect());
    this.stateMachine = this.createStateMachine(
      Choice.jsonata(this, State.isOperatorRequest, { comment: 'People approve and undo through the same machine' })
        .when(Condition.jsonata('{% $exists($states.input.remediationId) %}'), this.answerRequest(isChanged), {
          assign: NOTHING_YET,
        })
        .otherwise(this.classifyAlarm(this.remediate(isChanged))),
      props.logRetention,
    );
  }

  private classifyAlarm(remediate: IChainable): IChainable {
    return taskState(this, State.classifyAlarm, {
      comment: 'Says what the alarm means and what to do about it; changes nothing',
      lambdaFunction: this.tasks['classify-alarm'],
      timeout: Duration.minutes(2),
      event: `{% {'event': $states.input, 'execution': ${EXECUTION}} %}`,
      assign: { ...NOTHING_YET, classified: '{% $states.result %}' },
      catches: [this.failed(State.classifyAlarm, NOTHING_YET)],
    }).next(
      Choice.jsonata(this, State.shouldAct, { comment: 'Much is for people, or nobody’s concern' })
        .when(Condition.jsonata("{% $states.input.verdict = 'act' %}"), remediate)
        .otherwise(this.record),
    );
  }

  private remediate(next: IChainable): IChainable {
    return taskState(this, State.remediate, {
      comment: 'Claims rest and budget in the ledger, then acts, if the resource still is what was classified',
      lambdaFunction: this.tasks.remediate,
      timeout: Duration.minutes(5),
      event: `{% {'classified': $classified, 'execution': ${EXECUTION}} %}`,
      retry: [UPDATE_IN_PROGRESS],
      assign: { remediated: '{% $states.result %}' },
      catches: [this.failed(State.remediate)],
    }).next(next);
  }

  private answerRequest(next: IChainable): IChainable {
    return taskState(this, State.answerRequest, {
      comment: 'Does what was asked about, or takes back what was done',
      lambdaFunction: this.tasks.remediate,
      timeout: Duration.minutes(5),
      event: `{% {'request': $states.input, 'execution': ${EXECUTION}} %}`,
      retry: [UPDATE_IN_PROGRESS],
      assign: {
        remediated: '{% $states.result %}',
        classified: '{% $states.result.classified %}',
      },
      catches: [this.failed(State.answerRequest)],
    }).next(next);
  }

  private isResourceChanged(waitForEffect: IChainable): Choice {
    return Choice.jsonata(this, State.isResourceChanged, { comment: 'What was not touched needs no proof' })
      .when(Condition.jsonata('{% $states.input.acted %}'), waitForEffect)
      .otherwise(this.record);
  }

  private waitForEffect(): IChainable {
    return Wait.jsonata(this, State.waitForEffect, {
      comment: 'Gives the alarm the periods it needs to clear',
      time: WaitTime.seconds('{% $classified.verifyAfterSeconds %}'),
    }).next(this.verifyAlarmCleared());
  }

  private verifyAlarmCleared(): IChainable {
    return taskState(this, State.verifyAlarmCleared, {
      comment: 'Looks whether the alarm has let go of what was acted on',
      lambdaFunction: this.tasks['verify-alarm-cleared'],
      timeout: Duration.minutes(1),
      event: "{% {'classified': $classified} %}",
      assign: { verified: '{% $states.result %}' },
      catches: [this.failed(State.verifyAlarmCleared)],
    }).next(
      Choice.jsonata(this, State.isActionInVain, { comment: 'What costs and did not help is taken back' })
        .when(
          Condition.jsonata('{% $states.input.cleared = false and $remediated.undoIfNotCleared %}'),
          this.undoInVain(),
        )
        .otherwise(this.record),
    );
  }

  private undoInVain(): IChainable {
    return taskState(this, State.undoInVain, {
      comment: 'Puts back what was there before, if the resource still is what we left',
      lambdaFunction: this.tasks.remediate,
      timeout: Duration.minutes(5),
      event: `{% {'request': {'action': 'undo', 'remediationId': $classified.remediationId}, 'execution': ${EXECUTION}} %}`,
      retry: [UPDATE_IN_PROGRESS],
      assign: { undone: '{% $states.result %}' },
      catches: [this.failed(State.undoInVain)],
    }).next(this.record);
  }

  private recordRemediation(): LambdaInvoke {
    const notRecorded = Fail.jsonata(this, State.remediationNotRecorded, {
      comment: 'What was done stands in the ledger; nobody was told',
      error: '{% $states.input.Error %}',
      cause: '{% $string($states.input.Cause) %}',
    });
    return taskState(this, State.recordRemediation, {
      comment: 'Writes how it ended, and tells whoever should know',
      lambdaFunction: this.tasks['record-remediation'],
      timeout: Duration.minutes(1),
      event: `{% {'execution': ${EXECUTION}, 'classified': $classified, 'remediated': $remediated, 'verified': $verified, 'undone': $undone, 'failure': $failure} %}`,
      catches: [{ next: notRecorded, output: '{% $states.errorOutput %}' }],
    });
  }

  private failed(stage: string, assign: Record<string, unknown> = {}): TaskCatch {
    return {
      next: this.record,
      assign: {
        ...assign,
        failure: `{% {'stage': '${stage}', 'name': $states.errorOutput.Error, 'message': $string($states.errorOutput.Cause)} %}`,
      },
    };
  }

  private createStateMachine(start: IChainable, logRetention: RetentionDays): StateMachine {
    return new StateMachine(this, 'StateMachine', {
      comment:
        'Rightsizer\'s answer to alarms, started by EventBridge: finds out what an alarm means, does one bounded thing about it or tells people, and takes back what did not help. Take one back with {"action": "undo", "remediationId": "<id from the mail>"}',
      definitionBody: DefinitionBody.fromChainable(start),
      queryLanguage: QueryLanguage.JSONATA,
      timeout: LONGEST_REMEDIATION,
      tracingEnabled: true,
      logs: executionLog(this, logRetention),
    });
  }
}

/** Every variable has a value before any state reads it. */
const NOTHING_YET = { classified: null, remediated: null, verified: null, undone: null, failure: null };
