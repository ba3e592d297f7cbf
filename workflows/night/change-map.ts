import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  DistributedMap,
  OutputType,
  ResultWriterV2,
  S3JsonItemReader,
  StateMachineType,
  Transformation,
  WriterConfig,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

export interface ChangeMapProps {
  readonly comment: string;
  readonly runBucket: IBucket;
  /** JSONata of the S3 key of the items. */
  readonly itemsKey: string;
  /** JSONata of the run that made the change an item stands for. */
  readonly runId: string;
  readonly maxConcurrency: number;
  /** Folder of the run's artifacts that the outcomes go to, and variable that keeps where they are. */
  readonly resultName: string;
}

/** A Standard child per function, so that it can wait for a person and for production. Input `{ run, … }`. */
export function changeMap(scope: Construct, id: string, props: ChangeMapProps): DistributedMap {
  return DistributedMap.jsonata(scope, id, {
    comment: props.comment,
    mapExecutionType: StateMachineType.STANDARD,
    itemReader: new S3JsonItemReader({ bucket: props.runBucket, key: props.itemsKey }),
    itemSelector: {
      run: '{% $states.input.run %}',
      runId: props.runId,
      functionName: '{% $states.context.Map.Item.Value.functionName %}',
      functionArn: '{% $states.context.Map.Item.Value.functionArn %}',
    },
    maxConcurrency: props.maxConcurrency,
    toleratedFailurePercentage: 100,
    assign: { [props.resultName]: '{% $states.result %}' },
    resultWriterV2: new ResultWriterV2({
      bucket: props.runBucket,
      prefix: `{% $states.input.run.artifacts.prefix & '/${props.resultName}' %}`,
      writerConfig: new WriterConfig({ transformation: Transformation.COMPACT, outputType: OutputType.JSON }),
    }),
  });
}
