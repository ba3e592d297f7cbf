import { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Choice, Condition, type DistributedMap, Errors, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { PATIENT, UPDATE_IN_PROGRESS } from '../retry-policies.ts';
import { taskState, tokenWaitState } from '../task-state.ts';
import { changeMap } from './change-map.ts';
import { SettleChange } from './settle-change.ts';
import { State } from './state-names.ts';
import type { WorkflowTasks } from './workflow-tasks.ts';

/** All proposals of a night wait at once: a child that waits for a person must not hold back the next. */
const PROPOSALS_AT_ONCE = 1_000;
/** A wait never runs out before its function had the time to write the token down. */
const SHORTEST_WAIT_SECONDS = 60;

export interface ChangeEachFunctionProps {
  readonly tasks: WorkflowTasks;
  readonly runBucket: IBucket;
}

/**
 * The second fan-out, a Standard child per function worth changing: RequestApproval waits for a person, WaitForTurn
 * for the moment that the approval came with, ApplyChange writes what was approved, WaitForEvidence lets production run on it, and SettleChange proves or undoes it.
 *
 * Input `{ run, proposalsKey }`; every child answers one ChangedOutcome.
 */
export class ChangeEachFunction extends Construct {
  readonly state: DistributedMap;
  private readonly settle: SettleChange;

  constructor(scope: Construct, id: string, props: ChangeEachFunctionProps) {
    super(scope, id);
    this.settle = new SettleChange(this, 'Settle', { tasks: props.tasks });
    this.state = changeMap(this, State.changeEachFunction, {
      comment: 'Asks, changes, proves or undoes, one child per function; a slow approver holds back nobody else',
      runBucket: props.runBucket,
      itemsKey: '{% $states.input.proposalsKey %}',
      runId: '{% $states.input.run.runId %}',
      maxConcurrency: PROPOSALS_AT_ONCE,
      resultName: 'changed',
    });
    const isApproved = this.isApproved(this.applyChange(props.tasks));
    this.state.itemProcessor(
      this.requestApproval(props.tasks, this.expireProposal(props.tasks, isApproved)).next(isApproved),
    );
  }

  private requestApproval(tasks: WorkflowTasks, expireProposal: ReturnType<typeof taskState>) {
    return tokenWaitState(this, State.requestApproval, {
      comment: 'Waits for a person (or a policy); the approval expires into a decided outcome of its own',
      lambdaFunction: tasks['request-approval'],
      timeoutSeconds: `{% $max([${SHORTEST_WAIT_SECONDS}, $floor(($toMillis($states.input.run.approvalExpiresAt) - $millis()) / 1000)]) %}`,
      event: "{% $merge([$states.input, {'taskToken': $states.context.Task.Token}]) %}",
      assign: { change: '{% $states.input %}', failure: {}, ...decided },
      catches: [
        {
          errors: [Errors.TIMEOUT],
          next: expireProposal,
          assign: { change: '{% $states.input %}', failure: {} },
        },
        {
          ...this.settle.failed(State.requestApproval),
          assign: { ...this.settle.failed(State.requestApproval).assign, change: '{% $states.input %}' },
        },
      ],
    });
  }

  /** The ledger is the one truth: a decision that came in the last moment still counts. */
  private expireProposal(tasks: WorkflowTasks, isApproved: Choice) {
    const state = taskState(this, State.expireProposal, {
      comment: 'Nobody answered in time: expires the proposal, unless a decision was written after all',
      lambdaFunction: tasks['expire-proposal'],
      timeout: Duration.minutes(1),
      event: '{% $change %}',
      assign: decided,
      catches: [this.settle.failed(State.expireProposal)],
    });
    state.next(isApproved);
    return state;
  }

  private isApproved(applyChange: ReturnType<typeof taskState>): Choice {
    return Choice.jsonata(this, State.isApproved, { comment: 'No answer means no change' })
      .when(Condition.jsonata("{% $states.input.decision = 'approved' %}"), this.waitForTurn(applyChange))
      .otherwise(this.settle.recordOutcome);
  }

  /** An approval comes with its turn, but not from the consumer of a release that knew none (for a minute at most). */
  private waitForTurn(applyChange: ReturnType<typeof taskState>) {
    return Wait.jsonata(this, State.waitForTurn, {
      comment: 'The account’s changes are spaced: each has a moment of its own, and none has to ask for it',
      time: WaitTime.timestamp('{% $exists($states.input.turnAt) ? $states.input.turnAt : $now() %}'),
    }).next(applyChange);
  }

  private applyChange(tasks: WorkflowTasks) {
    const state = taskState(this, State.applyChange, {
      comment: 'Writes the approved memory and timeout, if the function still is what was approved',
      lambdaFunction: tasks['apply-change'],
      timeout: Duration.minutes(6),
      event: '{% $change %}',
      passing: PATIENT,
      retry: [UPDATE_IN_PROGRESS],
      assign: {
        kind: "{% $states.result.applied ? 'Watching' : $states.result.awaitsDeployment ? 'AwaitingDeployment' : 'Refused' %}",
        reason: '{% $states.result.reason %}',
        change: "{% $merge([$change, {'written': $states.result.change}]) %}",
      },
      catches: [this.settle.failed(State.applyChange)],
    });
    state.next(
      Choice.jsonata(this, State.isApplied, {
        comment:
          'A function that changed since the approval is left alone; one that is kept as code may wait for its deployment',
      })
        .when(Condition.jsonata('{% $states.input.applied %}'), this.waitForEvidence())
        .otherwise(this.settle.recordOutcome),
    );
    return state;
  }

  private waitForEvidence() {
    return Wait.jsonata(this, State.waitForEvidence, {
      comment: 'Lets production run on the new configuration',
      time: WaitTime.timestamp('{% $states.input.verifyAt %}'),
    }).next(this.settle.verifyChange);
  }
}

/** How a decision that is not an approval ends the change. */
const decided = {
  kind: "{% $states.result.decision = 'expired' ? 'Expired' : 'Rejected' %}",
  reason:
    "{% $states.result.decision = 'expired' ? 'nobody answered in time' : $states.result.decision & ' by ' & $states.result.decidedBy %}",
};
