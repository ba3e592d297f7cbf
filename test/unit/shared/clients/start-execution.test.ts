import { ExecutionAlreadyExists } from '@aws-sdk/client-sfn';
import { createExecutionStarter } from '../../../../shared/clients/start-execution.ts';
import { fakeAws } from './fake-aws.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:Night';
const startDate = new Date('2026-11-23T09:00:00Z');
const exists = () => {
  throw new ExecutionAlreadyExists({ message: 'exists', $metadata: {} });
};
let stop: () => void;
afterEach(() => stop());

function answers(standingInput: string | undefined) {
  const fake = fakeAws({
    StartExecution: exists,
    DescribeExecution: () => ({ startDate, ...(standingInput && { input: standingInput }) }),
  });
  stop = fake.stop;
  return createExecutionStarter();
}

it('answers the execution that a request of the same name and input started', async () => {
  const started = await answers('{"action":"plan"}').start(ARN, { action: 'plan' }, 'key');
  expect(started).toEqual({
    executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:Night:key',
    startedAt: startDate.toISOString(),
    isRepeated: true,
  });
});

it('refuses a name that another request was given, rather than answering that one’s execution', async () => {
  const again = answers('{"action":"plan"}').start(ARN, { action: 'undo' }, 'key');
  await expect(again).rejects.toMatchObject({
    name: 'InvalidInput',
    problems: [expect.stringContaining('idempotency-key: key was given to another request')],
  });
});

it('passes on a collision that no name explains', async () => {
  await expect(answers(undefined).start(ARN, {})).rejects.toThrow('exists');
});
