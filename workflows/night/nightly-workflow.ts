import { Duration } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  Choice,
  Condition,
  DefinitionBody,
  type DistributedMap,
  Fail,
  type IChainable,
  QueryLanguage,
  StateMachine,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { executionLog } from '../execution-log.ts';
import { type TaskCatch, type TaskStateProps, taskState } from '../task-state.ts';
import { AssessEachFunction } from './assess-each-function.ts';
import { ChangeEachFunction } from './change-each-function.ts';
import { State } from './state-names.ts';
import { VerifyOpenChanges } from './verify-open-changes.ts';
import type { WorkflowTasks } from './workflow-tasks.ts';

/** A run ends before the next begins. */
const LONGEST_RUN = Duration.hours(24);

export interface NightlyWorkflowProps {
  readonly tasks: WorkflowTasks;
  /** Holds the run's manifests, evidence and report. */
  readonly runBucket: IBucket;
  /** Share of the rates that AWS documents which a night's reading may use. */
  readonly rateLimitShare: number;
  /** How long errors of executions are kept. */
  readonly logRetention: RetentionDays;
}

/**
 * One night: StartRun → VerifyOpenChanges → DiscoverFunctions → CollectMemoryEvidence → AssessEachFunction →
 * PrepareApprovals → ChangeEachFunction → SummarizeRun. Started by the schedule, or from the console with `{}`.
 *
 * Variables: `$run` (RunContext), `$openChanges`, `$discovered`, `$memoryEvidence`, `$prepared`, `$settled`, `$changed`. A failure of
 * the run itself goes through FailRun, which tidies up, and ends in RunFailed; failures of single functions don't.
 */
export class NightlyWorkflow extends Construct {
  readonly stateMachine: StateMachine;
  private readonly props: NightlyWorkflowProps;
  private readonly failed: TaskCatch;

  constructor(scope: Construct, id: string, props: NightlyWorkflowProps) {
    super(scope, id);
    this.props = props;
    this.failed = this.failRun();
    this.stateMachine = this.createStateMachine(this.startRun(this.night()), props.logRetention);
  }

  /** The night from its first look at production to its report, each stage beginning where the former ends. */
  private night(): IChainable {
    const summarize = this.summarizeRun();
    const change = this.changeEachFunction();
    change.next(summarize);
    const assess = this.assessEachFunction();
    assess
      .next(this.prepareApprovals())
      .next(
        Choice.jsonata(this, State.isAnythingProposed, { comment: 'A night without proposals asks nobody' })
          .when(Condition.jsonata('{% $states.input.proposalCount > 0 %}'), change)
          .otherwise(summarize),
      );
    const discover = this.discoverFunctions();
    discover.next(this.collectMemoryEvidence()).next(assess);
    const verify = this.verifyOpenChanges();
    verify.next(discover);
    const listOpenChanges = this.listOpenChanges();
    listOpenChanges.next(
      Choice.jsonata(this, State.areChangesOpen, { comment: 'Earlier nights may have left changes to settle' })
        .when(Condition.jsonata('{% $states.input.openChangeCount > 0 %}'), verify)
        .otherwise(discover),
    );
    return listOpenChanges;
  }

  private startRun(night: IChainable): IChainable {
    const notStarted = Fail.jsonata(this, State.runNotStarted, {
      comment: 'The input is wrong, or the ledger could not be reached; nothing was touched',
      error: '{% $states.input.Error %}',
      cause: '{% $string($states.input.Cause) %}',
    });
    return taskState(this, State.startRun, {
      comment: 'Checks the input, takes the lease on the night and fixes the run’s deadlines',
      lambdaFunction: this.props.tasks['start-run'],
      timeout: Duration.minutes(1),
      event:
        "{% {'input': $states.input, 'execution': {'arn': $states.context.Execution.Id, 'name': $states.context.Execution.Name, 'startedAt': $states.context.Execution.StartTime}} %}",
      assign: { run: '{% $states.result.proceed ? $states.result.run : null %}', settled: null, changed: null },
      catches: [{ next: notStarted, output: '{% $states.errorOutput %}' }],
    }).next(
      Choice.jsonata(this, State.shouldRunProceed, { comment: 'A second delivery of the same night does nothing' })
        .when(Condition.jsonata('{% $states.input.proceed %}'), night)
        .otherwise(Succeed.jsonata(this, State.nothingToDo, { comment: 'Another execution has or had this night' })),
    );
  }

  private listOpenChanges(): LambdaInvoke {
    return this.stage(State.listOpenChanges, {
      comment: 'Lists the changes of earlier nights that nobody could settle yet',
      lambdaFunction: this.props.tasks['list-open-changes'],
      timeout: Duration.minutes(2),
      event: "{% {'run': $run} %}",
      assign: { openChanges: '{% $states.result %}' },
      output: "{% $merge([$states.result, {'run': $run}]) %}",
    });
  }

  private verifyOpenChanges(): DistributedMap {
    return this.fanOut(new VerifyOpenChanges(this, 'Open', this.props).state);
  }

  private discoverFunctions(): LambdaInvoke {
    return this.stage(State.discoverFunctions, {
      comment: 'Lists every function of the account and says which are not ours to touch, and why',
      lambdaFunction: this.props.tasks['discover-functions'],
      timeout: Duration.minutes(15),
      event: "{% {'run': $run} %}",
      assign: { discovered: '{% $states.result %}' },
      output: "{% {'run': $run, 'discovered': $states.result} %}",
    });
  }

  private collectMemoryEvidence(): LambdaInvoke {
    return this.stage(State.collectMemoryEvidence, {
      comment: 'Finds how much memory each function really used: Compute Optimizer first, then REPORT lines',
      lambdaFunction: this.props.tasks['collect-memory-evidence'],
      timeout: Duration.minutes(15),
      event: '{% $states.input %}',
      assign: { memoryEvidence: '{% $states.result %}' },
      output: "{% {'run': $run, 'assessmentKey': $states.result.assessmentKey} %}",
    });
  }

  private assessEachFunction(): DistributedMap {
    return this.fanOut(new AssessEachFunction(this, 'Assess', this.props).state);
  }

  private prepareApprovals(): LambdaInvoke {
    return this.stage(State.prepareApprovals, {
      comment: 'Registers the proposals in the ledger and sends one digest for all of them',
      lambdaFunction: this.props.tasks['prepare-approvals'],
      timeout: Duration.minutes(15),
      event: "{% {'run': $run, 'assessed': $states.input} %}",
      assign: { prepared: '{% $states.result %}' },
      output: "{% $merge([$states.result, {'run': $run}]) %}",
    });
  }

  private changeEachFunction(): DistributedMap {
    return this.fanOut(new ChangeEachFunction(this, 'Change', this.props).state);
  }

  private summarizeRun(): LambdaInvoke {
    return this.stage(State.summarizeRun, {
      comment: 'Counts what happened, writes the report, publishes metrics and one event per outcome',
      lambdaFunction: this.props.tasks['summarize-run'],
      timeout: Duration.minutes(10),
      event:
        "{% {'run': $run, 'openChanges': $openChanges, 'discovered': $discovered, 'memoryEvidence': $memoryEvidence, 'prepared': $prepared, 'settled': $settled, 'changed': $changed} %}",
    });
  }

  private stage(id: string, props: Omit<TaskStateProps, 'catches'>): LambdaInvoke {
    return taskState(this, id, { ...props, catches: [this.failed] });
  }

  /** A map that fails as a whole is a failed run; its single items never are. */
  private fanOut(map: DistributedMap): DistributedMap {
    return map.addCatch(this.failed.next, { assign: this.failed.assign ?? {} });
  }

  private failRun(): TaskCatch {
    const runFailed = Fail.jsonata(this, State.runFailed, {
      comment: 'The run failed after its clean-up; the error is the one that stopped it',
      error: '{% $error.Error %}',
      cause: '{% $string($error.Cause) %}',
    });
    const failRun = taskState(this, State.failRun, {
      comment: 'Marks the run as failed and tells the operators',
      lambdaFunction: this.props.tasks['fail-run'],
      timeout: Duration.minutes(1),
      event: "{% {'run': $run, 'error': $error} %}",
      catches: [{ next: runFailed }],
    }).next(runFailed);
    return { next: failRun, assign: { error: '{% $states.errorOutput %}' } };
  }

  private createStateMachine(start: IChainable, logRetention: RetentionDays): StateMachine {
    return new StateMachine(this, 'StateMachine', {
      comment:
        'Rightsizer\'s night shift: measures every function, asks by mail, changes what was approved, verifies it in production and rolls back what got worse. Start it with {} for a run of your own, or with {"dryRun": true} to look only; nothing changes without an approval. More inputs: docs/inputs',
      definitionBody: DefinitionBody.fromChainable(start),
      queryLanguage: QueryLanguage.JSONATA,
      timeout: LONGEST_RUN,
      tracingEnabled: true,
      logs: executionLog(this, logRetention),
    });
  }
}
