import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { StepFunctionsEngine } from '../../../../sandbox/engine/index.ts';
import { inAccount } from './in-account.ts';

const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:night';

it('runs an execution of the sandbox engine through the Step Functions client', async () => {
  const { account, client, clock, run } = inAccount();
  const engine = new StepFunctionsEngine({
    clock,
    seed: 1,
    runTask: async () => ({}),
    objects: { get: async () => '', put: async () => {}, list: async () => [] },
  });
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'Done' }, Done: { Type: 'Succeed', Output: { ok: true } } },
  });
  engine.createStateMachine({ arn, name: 'night', definition, type: 'STANDARD' });
  account.states.use(engine);
  const sfn = client(SFNClient);
  await run(async () => {
    const { executionArn, startDate } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn: arn, name: 'one' }),
    );
    expect(startDate).toBeInstanceOf(Date);
    expect((await sfn.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('RUNNING');
    await clock.sleep(61_000);
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"ok":true}',
    });
    const { events } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }),
    );
    expect(events).toMatchObject([{ type: 'ExecutionSucceeded' }]);
    const bare = await sfn.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(bare.events?.map(({ type }) => type)).toContain('ExecutionSucceeded');
    expect(JSON.stringify(bare.events)).not.toContain('"output"');
    await expect(sfn.send(new StopExecutionCommand({ executionArn: `${executionArn}-other` }))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
  });
});
