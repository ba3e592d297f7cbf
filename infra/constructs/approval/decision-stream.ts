import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, FilterRule, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../dead-letter-queue.ts';

/** A DynamoDB stream keeps its records a day. */
const STREAM_RETENTION_HOURS = 24;
/** Small, because a batch is delivered one token at a time, and 500 approvals at once are still seconds. */
const BATCH_SIZE = 25;

/** Proposals and task tokens of runs; whichever of the two is written last brings the decision to its execution. */
const DECISIONS_AND_TOKENS = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: {
    Keys: { pk: { S: FilterRule.beginsWith('RUN#') }, sk: { S: [{ prefix: 'PROPOSAL#' }, { prefix: 'TOKEN#' }] } },
  },
});

export interface DecisionStreamProps {
  readonly table: ITable;
  readonly deliverDecision: IFunction;
  /** A decision older than the wait it answers can reach nobody any more. */
  readonly approvalWindow: Duration;
}

/**
 * The outbox's consumer: decisions written to the ledger reach the waiting executions through its stream. Retries are
 * bounded by the record's age alone, so that an outage of Step Functions shorter than the wait loses nothing.
 */
export class DecisionStream extends Construct {
  /** Positions in the stream of decisions that nobody could deliver in time. */
  readonly deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: DecisionStreamProps) {
    super(scope, id);
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters');
    const maxRecordAge = Math.min(props.approvalWindow.toHours({ integral: false }), STREAM_RETENTION_HOURS);
    props.deliverDecision.addEventSource(
      new DynamoEventSource(props.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [DECISIONS_AND_TOKENS],
        batchSize: BATCH_SIZE,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        maxRecordAge: Duration.minutes(Math.ceil(maxRecordAge * 60)),
        onFailure: new SqsDlq(this.deadLetterQueue),
      }),
    );
  }
}
