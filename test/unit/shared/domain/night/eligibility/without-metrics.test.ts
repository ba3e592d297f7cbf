import type { AssessedOutcome } from '../../../../../../shared/contracts/outcome.ts';
import { withoutMetrics } from '../../../../../../shared/domain/night/eligibility/without-metrics.ts';

const failed = (name: string, message: string, stage = 'CollectMetrics'): AssessedOutcome => ({
  schemaVersion: 1,
  functionName: 'orders',
  functionArn: 'arn:orders',
  kind: 'Failed',
  reason: `${stage} failed: ${name}`,
  failure: { stage, name, message },
});
const lambdaError = (errorMessage: string) => JSON.stringify({ errorType: 'any', errorMessage, trace: [] });

it.each([
  ['refused', 'SourceUnavailable', lambdaError('AWS denied cloudwatch:GetMetricData'), /denied cloudwatch/],
  ['stayed broken', 'TransientFailure', lambdaError('internal failure'), /internal failure/],
  ['took too long', 'States.Timeout', '', /States.Timeout/],
  ['took too long for Lambda', 'Sandbox.Timedout', 'Task timed out after 120.00 seconds', /after 120/],
])('excludes a function by name whose metrics CloudWatch %s', (_, name, message, words) => {
  const outcome = withoutMetrics(failed(name, message));
  expect(outcome).toMatchObject({ functionName: 'orders', kind: 'Excluded', exclusionReason: 'SourceUnavailable' });
  expect(outcome.reason).toMatch(words);
  expect(outcome).not.toHaveProperty('failure');
});

it.each([
  ['a bug of ours', failed('TypeError', lambdaError('x is undefined'))],
  ['a malformed batch', failed('InvalidInput', lambdaError('items are invalid'))],
  [
    'a failure without a stage',
    { ...failed('TransientFailure', ''), failure: undefined } as unknown as AssessedOutcome,
  ],
  ['another end', { ...failed('TransientFailure', ''), kind: 'Proposable' } as AssessedOutcome],
  ['trouble in another stage', failed('TransientFailure', lambdaError('internal failure'), 'EstimateSavings')],
])('leaves %s a failure', (_, outcome) => {
  expect(withoutMetrics(outcome)).toBe(outcome);
});

it('says the error’s name where its message is none, and no more than fits', () => {
  const reasonOf = (message: string) => withoutMetrics(failed('TransientFailure', message)).reason;
  expect(reasonOf(JSON.stringify({ errorMessage: 7 }))).toBe('its metrics could not be read: TransientFailure');
  expect(reasonOf(lambdaError('x'.repeat(400)))).toBe(`its metrics could not be read: ${'x'.repeat(300)}`);
});
