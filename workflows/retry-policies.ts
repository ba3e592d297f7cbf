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

/** 2 s, 4 s, 8 s, 16 s, 30 s, each up to that long by full jitter: about a minute for an AWS hiccup to pass. */
export const TRANSIENT: RetryProps = {
  errors: [...LAMBDA_SERVICE_ERRORS, ErrorName.transient],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 5,
  maxDelay: Duration.seconds(30),
  jitterStrategy: JitterType.FULL,
};

/**
 * Waiting for a permit to change a function: 120 tries of up to 60 s, an hour on average. With five permits and
 * four seconds a change, 500 approvals at once are through after seven minutes.
 */
export const PERMIT_WAIT: RetryProps = {
  errors: [ErrorName.permitUnavailable],
  interval: Duration.seconds(5),
  backoffRate: 1.5,
  maxAttempts: 120,
  maxDelay: Duration.seconds(60),
  jitterStrategy: JitterType.FULL,
};

/** Somebody's deployment is at work on the function: ten tries over about ten minutes, then the change is refused. */
export const UPDATE_IN_PROGRESS: RetryProps = {
  errors: [ErrorName.updateInProgress],
  interval: Duration.seconds(15),
  backoffRate: 1.5,
  maxAttempts: 10,
  maxDelay: Duration.seconds(120),
  jitterStrategy: JitterType.FULL,
};
