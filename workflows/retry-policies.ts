import { Duration } from 'aws-cdk-lib';
import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { ErrorName } from '../shared/errors.ts';

/**
 * Named retry policies. What they retry is either AWS's or the network's passing trouble, or an error of ours that
 * says by its name that another try may help. A handler's bug, bad input and a decided refusal are never retried.
 */

/** Lambda's own passing troubles, in the names Step Functions gives them. */
const LAMBDA_SERVICE_ERRORS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
];

/**
 * How an invocation ends that was killed: by its time limit, by the memory's, or with its host. Every task of ours can be
 * killed between any two of its calls and tried again, which `npm run bench:faults` shows.
 */
const KILLED_ERRORS = ['Sandbox.Timedout', 'Runtime.ExitError', 'Lambda.Unknown'];

interface Tries {
  errors: string[];
  /** First wait, how much longer each further one is, and the longest. */
  firstSeconds: number;
  backoffRate: number;
  longestSeconds: number;
  maxAttempts: number;
}

/** Waits with full jitter, so that a thousand children that failed together do not try again together. */
const jittered = ({ errors, firstSeconds, backoffRate, longestSeconds, maxAttempts }: Tries): RetryProps => ({
  errors,
  interval: Duration.seconds(firstSeconds),
  backoffRate,
  maxAttempts,
  maxDelay: Duration.seconds(longestSeconds),
  jitterStrategy: JitterType.FULL,
});

/** 2 s, 4 s, 8 s, 16 s, 30 s, each up to that long by full jitter: about a minute for an AWS hiccup to pass. */
export const TRANSIENT = jittered({
  errors: [...LAMBDA_SERVICE_ERRORS, ErrorName.transient],
  firstSeconds: 2,
  backoffRate: 2,
  longestSeconds: 30,
  maxAttempts: 5,
});

/**
 * The same troubles where giving up costs more than waiting: what a person approved, and what does harm until it is
 * undone. Ten tries, five minutes by the average of full jitter, because others may use up Lambda's calls for that long.
 */
export const PATIENT = jittered({
  errors: [...LAMBDA_SERVICE_ERRORS, ErrorName.transient],
  firstSeconds: 2,
  backoffRate: 2,
  longestSeconds: 120,
  maxAttempts: 10,
});

/** Two more tries for what was killed: by then it is no accident, and its function may run for a quarter of an hour. */
export const KILLED = jittered({
  errors: KILLED_ERRORS,
  firstSeconds: 5,
  backoffRate: 4,
  longestSeconds: 30,
  maxAttempts: 2,
});

/** Somebody's deployment is at work on the function: ten tries over about ten minutes, then the change is refused. */
export const UPDATE_IN_PROGRESS = jittered({
  errors: [ErrorName.updateInProgress],
  firstSeconds: 15,
  backoffRate: 1.5,
  longestSeconds: 120,
  maxAttempts: 10,
});
