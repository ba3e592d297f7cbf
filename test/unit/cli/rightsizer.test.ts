import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { createClient } from '../../../shared/clients/sdk.ts';
import { proposal, savings } from '../../support/builders.ts';
import { BUCKET, type CliWorld, createCliWorld, RUN_ID, runRecord, STATE_MACHINE } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

/** A run with two proposals, of which the second saves more. */
async function propose(): Promise<void> {
  const { account, ledger, run } = world;
  account.s3.write(BUCKET, `runs/${RUN_ID}/proposals.json`, '[]');
  account.s3.write(BUCKET, `runs/${RUN_ID}/outcomes.json`, '[]');
  await run(async () => {
    await ledger.putRun(runRecord());
    await ledger.putProposal(proposal({ functionName: 'orders-api' }));
    await ledger.putProposal(
      proposal({ functionName: 'orders-worker', savings: savings({ savingsUsdPerMonth: 12.5 }) }),
    );
  });
}

const statusOf = (functionName: string) =>
  world.run(async () => (await world.ledger.getProposal(RUN_ID, functionName))!);

describe('rightsizer pending', () => {
  it('lists what waits, the largest saving first, and how to decide', async () => {
    await propose();
    const { exitCode, stdout, stderr } = await world.cli(['pending']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.indexOf('orders-worker')).toBeLessThan(stdout.indexOf('orders-api'));
    expect(stdout).toContain('$12.50');
    expect(stdout).toContain('memory 1,024 -> 512 MB');
    expect(stdout).toContain(`rightsizer approve --run ${RUN_ID}`);
  });

  it('prints one JSON object and nothing else with --json', async () => {
    await propose();
    const { stdout } = await world.cli(['pending', '--run', RUN_ID, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      pendingCount: 2,
      runs: [{ runId: RUN_ID, proposals: [{ functionName: 'orders-worker', savingsUsdPerMonth: 12.5 }, {}] }],
    });
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('leaves out what is decided and runs whose time is over', async () => {
    await propose();
    world.account.s3.write(BUCKET, 'runs/scheduled-2026-11-22/proposals.json', '[]');
    await world.run(() =>
      world.ledger.putRun(runRecord({ runId: 'scheduled-2026-11-22', approvalExpiresAt: '2026-11-22T22:00:00.000Z' })),
    );
    await world.cli(['approve', '--run', RUN_ID, '--all']);
    expect(await world.cli(['pending'])).toEqual({
      exitCode: 0,
      stdout: 'Nothing waits for a decision.\n',
      stderr: '',
    });
  });

  it('rejects a run that the ledger does not know', async () => {
    const { exitCode, stdout, stderr } = await world.cli(['pending', '--run', 'scheduled-1999-01-01', '--json']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('scheduled-1999-01-01');
  });
});

describe('rightsizer approve and reject', () => {
  it('records the decision with the ARN that AWS says is calling', async () => {
    await propose();
    const spoken = await world.cli([
      'approve',
      '--run',
      RUN_ID,
      'orders-api',
      '--note',
      'looked at it',
      '--name',
      'Ada',
      '--json',
    ]);
    expect(spoken.exitCode).toBe(0);
    expect(JSON.parse(spoken.stdout)).toMatchObject({ accepted: 1, decision: 'approved' });
    expect(await statusOf('orders-api')).toMatchObject({
      status: 'approved',
      decision: {
        by: { kind: 'iam', name: 'Ada (arn:aws:iam::123456789012:user/operator)' },
        at: '2026-11-23T08:00:00.000Z',
        note: 'looked at it',
      },
    });
    expect(await statusOf('orders-worker')).toMatchObject({ status: 'pending' });
  });

  it('decides everything that waits with --all, and says that nothing is left afterwards', async () => {
    await propose();
    expect(await world.cli(['reject', '--run', RUN_ID, '--all'])).toMatchObject({
      exitCode: 0,
      stdout: '2 changes rejected.\n',
    });
    expect(await statusOf('orders-worker')).toMatchObject({ status: 'rejected' });
    expect(await world.cli(['approve', '--run', RUN_ID, '--all'])).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing waits for a decision.\n',
    });
  });

  it('tells whoever comes second whose decision counts, and fails', async () => {
    await propose();
    await world.run(() =>
      world.ledger.decide(RUN_ID, 'orders-api', {
        decision: 'rejected',
        by: { kind: 'link-holder', name: 'Grace' },
        at: '2026-11-23T07:00:00.000Z',
      }),
    );
    const { exitCode, stdout } = await world.cli(['approve', '--run', RUN_ID, 'orders-api', 'orders-worker', 'nobody']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 change approved.');
    expect(stdout).toMatch(/orders-api +decided before.* +rejected by Grace/);
    expect(stdout).toMatch(/nobody +not proposed in this run/);
    expect(await statusOf('orders-api')).toMatchObject({ status: 'rejected' });
  });

  it('refuses a decision after the time is over', async () => {
    await world.run(async () => {
      await world.ledger.putRun(runRecord());
      await world.ledger.putProposal(proposal({ expiresAt: '2026-11-23T07:59:59.000Z' }));
    });
    const { exitCode, stdout } = await world.cli(['approve', '--run', RUN_ID, 'orders-api']);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('the time to decide is over')]);
  });

  it('names every problem of a wrong command line at once, and writes nothing', async () => {
    await propose();
    const { exitCode, stdout, stderr } = await world.cli([
      'approve',
      'no/slash',
      '--all',
      '--note',
      'a\u202eb',
      '--name',
      'x'.repeat(81),
    ]);
    expect([exitCode, stdout]).toEqual([2, '']);
    for (const problem of ['--run is missing', 'not both', '"no/slash"', 'cannot be seen', '81 characters']) {
      expect(stderr).toContain(problem);
    }
    expect(await statusOf('orders-api')).toMatchObject({ status: 'pending' });
  });
});

describe('rightsizer runs', () => {
  it('lists the newest run first, without what opens its page or signs its forms', async () => {
    await propose();
    world.account.s3.write(BUCKET, 'runs/manual-x/report.json', '{}');
    await world.run(() =>
      world.ledger.putRun(runRecord({ runId: 'manual-x', startedAt: '2026-11-23T05:00:00.000Z', status: 'failed' })),
    );
    const { stdout } = await world.cli(['runs', '--json']);
    expect(JSON.parse(stdout).runs.map(({ runId }: { runId: string }) => runId)).toEqual(['manual-x', RUN_ID]);
    expect(stdout).not.toMatch(/hash-of-the-link|key-of-the-nonces/);
    expect((await world.cli(['runs', '--limit', '1'])).stdout).not.toContain(RUN_ID);
  });

  it('rejects a limit that is no number', async () => {
    expect(await world.cli(['runs', '--limit', 'many'])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

const REPORT = {
  schemaVersion: 1,
  runId: RUN_ID,
  runDate: '2026-11-23',
  reportKey: `runs/${RUN_ID}/report.json`,
  counts: {
    discovered: 3,
    excluded: 0,
    assessed: 3,
    proposed: 1,
    approved: 1,
    rejected: 0,
    expired: 0,
    applied: 1,
    verified: 1,
    watching: 0,
    rolledBack: 0,
    refused: 0,
    failed: 0,
  },
  estimatedSavingsUsdPerMonth: 12,
  realizedSavingsUsdPerMonth: 11.5,
  settled: [],
  changed: [
    {
      schemaVersion: 1,
      functionName: 'orders-api',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders-api',
      runId: RUN_ID,
      kind: 'Verified',
      reason: 'as fast as before\u001b[2J',
      decidedBy: 'Ada\u001b[31m',
      before: { memorySizeMb: 1024, timeoutSeconds: 30 },
      after: { memorySizeMb: 512, timeoutSeconds: 30 },
      estimatedSavingsUsdPerMonth: 12,
      realizedSavingsUsdPerMonth: 11.5,
    },
  ],
  excluded: [],
};

describe('rightsizer report', () => {
  it('shows counts, savings and changes, and lets no name speak to the terminal', async () => {
    world.account.s3.write(BUCKET, REPORT.reportKey, JSON.stringify(REPORT));
    const { exitCode, stdout } = await world.cli(['report', RUN_ID]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/orders-api +Verified +memory 1,024 -> 512 MB +\$12.00 +\$11.50 +Ada/);
    expect(stdout).not.toContain('\u001b');
  });

  it('hands the whole report on with --json', async () => {
    world.account.s3.write(BUCKET, REPORT.reportKey, JSON.stringify(REPORT));
    expect(JSON.parse((await world.cli(['report', RUN_ID, '--json'])).stdout)).toEqual(REPORT);
  });

  it.each(['scheduled-2026-11-24', '../secrets'])('rejects %s, which has no report', async (runId) => {
    const { exitCode, stderr } = await world.cli(['report', runId]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(runId)]);
  });
});

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

describe('rightsizer', () => {
  it('asks CloudFormation for nothing that a flag or the environment says', async () => {
    await propose();
    const environment = { RIGHTSIZER_LEDGER_TABLE: 'ledger', RIGHTSIZER_RUN_BUCKET: BUCKET };
    expect(await world.cli(['pending'], { environment })).toMatchObject({ exitCode: 0 });
    expect(await world.cli(['pending', '--ledger-table', 'ledger', '--run-bucket', BUCKET])).toMatchObject({
      exitCode: 0,
    });
    expect(world.account.calls.get('CloudFormation.DescribeStacks')).toBeUndefined();
  });

  it('says what to do where the stack does not exist', async () => {
    const { exitCode, stdout, stderr } = await world.cli(['pending', '--stack', 'Elsewhere', '--json']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: Stack with id Elsewhere does not exist\nwhat to do: .*--stack.*--region.*\n$/);
  });

  it('fails naming the outputs that a foreign stack lacks', async () => {
    world.account.cloudFormation.addStack('Other', { LedgerTableName: 'ledger' });
    const { exitCode, stderr } = await world.cli(['runs', '--stack', 'Other']);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('RunBucketName (or RIGHTSIZER_RUN_BUCKET)')]);
  });

  it.each([[['fly']], [['pending', '--colour']], [['report']], [['recommend']]])(
    'rejects the wrong usage %j with exit code 2 and an empty stdout',
    async (args) => {
      expect(await world.cli(args)).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringMatching(/^error: /),
      });
    },
  );

  it('explains itself, its exit codes and examples', async () => {
    const { exitCode, stdout } = await world.cli(['help']);
    expect(exitCode).toBe(0);
    for (const word of ['pending', 'approve', 'reject', 'subscribe', 'runs', 'report', 'start', 'recommend']) {
      expect(stdout).toContain(word);
    }
    expect(stdout).toContain('Exit codes: 0 done, 1 failed');
    expect((await world.cli(['help', 'approve'])).stdout).toContain('--note <text>');
  });

  it('answers recommendation requests line by line, without a call to AWS', async () => {
    const { exitCode, stdout } = await world.cli(['recommend', '--jsonl'], { stdin: '{oops\n{"id":7}\n' });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(exitCode).toBe(0);
    expect(answers).toEqual([
      { id: null, error: expect.stringContaining('not JSON') },
      { id: 7, error: expect.any(String) },
    ]);
  });
});
