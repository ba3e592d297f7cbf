import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { createClient } from '../../../shared/clients/sdk.ts';
import { type CliWorld, createCliWorld, STATE_MACHINE } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

describe('rightsizer start', () => {
  it('starts the state machine with the input as given', async () => {
    const started: object[] = [];
    world.account.states.use({
      startExecution: (input: { stateMachineArn: string; name?: string }) => {
        started.push(input);
        return { executionArn: 'arn:execution', startDate: new Date(0) };
      },
    } as never);
    const { exitCode, stdout } = await world.cli(['start', '--input', '{"dryRun":true}', '--json']);
    expect(exitCode).toBe(0);
    expect(started).toEqual([
      { stateMachineArn: STATE_MACHINE, name: 'cli-20261123T080000000Z', input: '{"dryRun":true}' },
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ runId: 'manual-cli-20261123T080000000Z' });
  });

  it.each([
    ['{"strategy":"cheapest","maxSlowdown":-1,"dryrun":true}', ['strategy', 'maxSlowdown', 'dryrun']],
    ['{oops', ['--input is not JSON']],
  ])('rejects the input %s naming every problem, and starts nothing', async (input, problems) => {
    const { exitCode, stderr } = await world.cli(['start', '--input', input]);
    expect(exitCode).toBe(2);
    for (const problem of problems) expect(stderr).toContain(problem);
    expect(world.account.calls.get('SFN.StartExecution')).toBeUndefined();
  });
});

describe('rightsizer subscribe', () => {
  const EMAIL = 'approver@example.com';

  async function subscribed(): Promise<{ topicArn: string; token: string }> {
    const topicArn = await world.run(async () => {
      const client = createClient(SNSClient);
      const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'digest' }));
      await client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: EMAIL }));
      return TopicArn!;
    });
    return { topicArn, token: world.account.sns.confirmationToken(topicArn, EMAIL)! };
  }

  it.each([
    ['the page', 'https://sns.us-east-1.amazonaws.com/confirmation.html?'],
    ['the API call', 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&'],
  ])('confirms %s so that only credentials can unsubscribe', async (_, address) => {
    const { topicArn, token } = await subscribed();
    const link = `${address}${new URLSearchParams({ TopicArn: topicArn, Token: token, Endpoint: EMAIL })}`;
    const { exitCode, stdout } = await world.cli(['subscribe', '--confirm', link, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ topicArn, authenticateOnUnsubscribe: true });
    expect(world.account.sns.needsCredentialsToUnsubscribe(topicArn, EMAIL)).toBe(true);
  });

  it('rejects an address that is not SNS’s, naming every problem, and calls nobody', async () => {
    const { exitCode, stderr } = await world.cli(['subscribe', '--confirm', 'http://evil.example.com/?TopicArn=x']);
    expect(exitCode).toBe(2);
    for (const problem of ['evil.example.com', 'TopicArn "x"', 'no Token']) expect(stderr).toContain(problem);
    expect(world.account.calls.get('SNS.ConfirmSubscription')).toBeUndefined();
  });
});
