import { Duration, TimeZone } from 'aws-cdk-lib';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../dead-letter-queue.ts';

/** A night that could not start within an hour would not end before the next; it is given up and alarmed. */
const START_WITHIN = Duration.hours(1);
/** Scheduler's own backoff spreads these over the hour. */
const START_ATTEMPTS = 20;

export interface NightlyScheduleProps {
  /** Six-field cron expression, without `cron()` around it. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly stateMachine: IStateMachine;
}

/** Starts a night and tells it for which time it was meant, so that two deliveries of one night are recognised. */
export class NightlySchedule extends Construct {
  /** Starts that Scheduler gave up. */
  readonly deadLetterQueue: DeadLetterQueue;
  readonly scheduleName: string;

  constructor(scope: Construct, id: string, props: NightlyScheduleProps) {
    super(scope, id);
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters');
    const { scheduleName } = new Schedule(this, 'Schedule', {
      description: "Starts Rightsizer's night",
      schedule: ScheduleExpression.expression(`cron(${props.cron})`, TimeZone.of(props.timeZone)),
      enabled: props.enabled,
      target: new StepFunctionsStartExecution(props.stateMachine, {
        input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
        deadLetterQueue: this.deadLetterQueue,
        maxEventAge: START_WITHIN,
        retryAttempts: START_ATTEMPTS,
      }),
    });
    this.scheduleName = scheduleName;
  }
}
