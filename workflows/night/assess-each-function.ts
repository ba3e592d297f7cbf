import { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  Choice,
  Condition,
  DistributedMap,
  ItemBatcher,
  Map as MapState,
  OutputType,
  Pass,
  ProvideItems,
  ResultWriterV2,
  S3JsonItemReader,
  StateMachineType,
  Transformation,
  Wait,
  WaitTime,
  WriterConfig,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SCHEMA_VERSION } from '../../shared/contracts/schema-version.ts';
import { jsonata } from '../jsonata.ts';
import { taskState } from '../task-state.ts';
import { type BatchPace, batchPace, FUNCTIONS_PER_BATCH } from './batch-pace.ts';
import { State } from './state-names.ts';
import type { WorkflowTasks } from './workflow-tasks.ts';

const FUNCTIONS_AT_ONCE = 5;

export interface AssessEachFunctionProps {
  readonly tasks: WorkflowTasks;
  readonly runBucket: IBucket;
  /** Share of CloudWatch's data points a second that all batches together may ask for. */
  readonly rateLimitShare: number;
}

/**
 * The first fan-out: an Express child per batch of functions. CollectMetrics asks CloudWatch once for the batch,
 * PaceBatch keeps all batches together within our share of its data points, then Analyze and EstimateSavings run for each function. Every function leaves in one AssessedOutcome, whatever
 * happened to it. Express runs at least once; nothing in here writes.
 *
 * Input `{ run, assessmentKey }`; result: where the ResultWriter left the outcomes.
 */
export class AssessEachFunction extends Construct {
  readonly state: DistributedMap;

  constructor(scope: Construct, id: string, props: AssessEachFunctionProps) {
    super(scope, id);
    const pace = batchPace(props.rateLimitShare);
    this.state = this.fanOut(props.runBucket, pace);
    this.state.itemProcessor(
      this.collectMetrics(props.tasks).next(this.paceBatch(pace)).next(this.assessBatch(props.tasks)),
    );
  }

  private fanOut(runBucket: IBucket, { batchesAtOnce }: BatchPace): DistributedMap {
    return DistributedMap.jsonata(this, State.assessEachFunction, {
      comment: 'Assesses every function of the manifest, a batch at a time; one bad function never ends the night',
      mapExecutionType: StateMachineType.EXPRESS,
      itemReader: new S3JsonItemReader({ bucket: runBucket, key: '{% $states.input.assessmentKey %}' }),
      itemBatcher: new ItemBatcher({
        maxItemsPerBatch: FUNCTIONS_PER_BATCH,
        batchInput: { run: '{% $states.input.run %}' },
      }),
      maxConcurrency: batchesAtOnce,
      toleratedFailurePercentage: 100,
      resultWriterV2: new ResultWriterV2({
        bucket: runBucket,
        prefix: "{% $states.input.run.artifacts.prefix & '/assessed' %}",
        writerConfig: new WriterConfig({ transformation: Transformation.FLATTEN, outputType: OutputType.JSON }),
      }),
    });
  }

  private collectMetrics(tasks: WorkflowTasks) {
    return taskState(this, State.collectMetrics, {
      comment: 'Asks CloudWatch how the functions of the batch ran at their present size',
      lambdaFunction: tasks['collect-metrics'],
      timeout: Duration.minutes(2),
      event: '{% $states.input %}',
      assign: { batchRun: '{% $states.input.BatchInput.run %}' },
      catches: [
        { next: this.batchFailed(), output: "{% {'items': $states.input.Items, 'error': $states.errorOutput} %}" },
      ],
    });
  }

  private paceBatch({ secondsPerBatch, pointsPerSecondOfBatch }: BatchPace): Wait {
    const seconds = `$max([${secondsPerBatch}, $ceil($states.input.metricPoints / ${pointsPerSecondOfBatch})])`;
    return Wait.jsonata(this, State.paceBatch, {
      comment: 'CloudWatch answers so many data points a second and no more, for the whole account',
      time: WaitTime.seconds(`{% ${seconds} %}`),
    });
  }

  /**
   * Without metrics nothing can be said of any function of the batch, so each of them ends here, by name.
   * PrepareApprovals tells CloudWatch's silence, which excludes them, from a failure of ours.
   */
  private batchFailed(): Pass {
    return Pass.jsonata(this, State.batchFailed, {
      comment: 'Accounts for every function of a batch whose metrics could not be read',
      outputs: failedOutcomes('$states.input.items', '$states.input.error', State.collectMetrics),
    });
  }

  private assessBatch(tasks: WorkflowTasks): MapState {
    const analyze = this.analyze(tasks);
    const assessed = MapState.jsonata(this, State.assessBatch, {
      comment: 'Analyzes each function of the batch and puts a price on what would change',
      items: ProvideItems.jsonata('{% $states.input.items %}'),
      maxConcurrency: FUNCTIONS_AT_ONCE,
    });
    return assessed.itemProcessor(analyze);
  }

  private analyze(tasks: WorkflowTasks) {
    const failed = this.assessmentFailed();
    const analyze = taskState(this, State.analyze, {
      comment: 'Decides which memory size and timeout the function should have, and why',
      lambdaFunction: tasks.analyze,
      timeout: Duration.seconds(30),
      event: "{% $merge([$states.input, {'run': $batchRun}]) %}",
      catches: [{ next: failed, output: failure(State.analyze, '$states.input.item') }],
    });
    const estimate = this.estimateSavings(tasks, failed);
    const shouldChange = Choice.jsonata(this, State.shouldChange, {
      comment: 'Only a function that should change is worth a price',
    });
    return analyze.next(
      shouldChange
        .when(Condition.jsonata("{% $states.input.assessment.finding = 'NotOptimized' %}"), estimate)
        .otherwise(this.leftAsItIs()),
    );
  }

  private estimateSavings(tasks: WorkflowTasks, failed: Pass) {
    return taskState(this, State.estimateSavings, {
      comment: 'Says what the change saves a month, and whether that is worth asking a person',
      lambdaFunction: tasks['estimate-savings'],
      timeout: Duration.seconds(30),
      event: "{% {'run': $batchRun, 'assessment': $states.input.assessment} %}",
      catches: [{ next: failed, output: failure(State.estimateSavings, '$states.input.assessment') }],
    }).next(
      Pass.jsonata(this, State.assessed, {
        comment: 'One function, assessed and priced',
        outputs: outcomeOf(
          "$states.input.worthProposing ? 'Proposable' : 'NotWorthProposing'",
          "'savings': $states.input.savings",
        ),
      }),
    );
  }

  private leftAsItIs(): Pass {
    return Pass.jsonata(this, State.leftAsItIs, {
      comment: 'The function is right as it is, or there is not enough evidence to say otherwise',
      outputs: outcomeOf('$states.input.assessment.finding'),
    });
  }

  private assessmentFailed(): Pass {
    return Pass.jsonata(this, State.assessmentFailed, {
      comment: 'One function could not be assessed; the others go on',
      outputs: failedOutcome('$states.input.item', '$states.input.error', '$states.input.stage'),
    });
  }
}

/** JSONata of an AssessedOutcome made of `$states.input.assessment`. */
function outcomeOf(kind: string, more?: string): string {
  return jsonata(`{
    'schemaVersion': ${SCHEMA_VERSION},
    'functionName': $states.input.assessment.functionName,
    'functionArn': $states.input.assessment.functionArn,
    'kind': ${kind},
    'reason': $states.input.assessment.reason,
    'assessment': $states.input.assessment${more ? `, ${more}` : ''}
  }`);
}

/** JSONata of what a failed Task hands to AssessmentFailed. */
function failure(stage: string, item: string): string {
  return `{% {'item': ${item}, 'error': $states.errorOutput, 'stage': '${stage}'} %}`;
}

function failedFields(error: string, stage: string): string {
  return `'schemaVersion': ${SCHEMA_VERSION}, 'functionName': functionName, 'functionArn': functionArn, 'kind': 'Failed',
    'reason': ${stage} & ' failed: ' & ${error}.Error,
    'failure': {'stage': ${stage}, 'name': ${error}.Error, 'message': $string(${error}.Cause)}`;
}

function failedOutcome(item: string, error: string, stage: string): string {
  return jsonata(`${item}.{${failedFields(error, stage)}}`);
}

function failedOutcomes(items: string, error: string, stage: string): string {
  return jsonata(`[${items}.{${failedFields(error, `'${stage}'`)}}]`);
}
