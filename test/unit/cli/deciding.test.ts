import { assessment, proposal, savings } from '../../support/builders.ts';
import { BUCKET, type CliWorld, createCliWorld, propose, RUN_ID, runRecord } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

const statusOf = (functionName: string) =>
  world.run(async () => (await world.ledger.getProposal(RUN_ID, functionName))!);

describe('rightsizer pending', () => {
  it('lists what waits, the largest saving first, and how to decide', async () => {
    await propose(world);
    const { exitCode, stdout, stderr } = await world.cli(['pending']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.indexOf('orders-worker')).toBeLessThan(stdout.indexOf('orders-api'));
    expect(stdout).toContain('$12.50');
    expect(stdout).toContain('memory 1,024 -> 512 MB');
    expect(stdout).toContain(`rightsizer approve --run ${RUN_ID}`);
  });

  it('lists what a remediation asks, which has left nothing in the run bucket', async () => {
    const asked = { runId: 'remediation-1', trigger: 'alarm', approvalExpiresAt: '2026-11-24T07:00:00.000Z' } as const;
    const remediation = {
      ...{ remediationId: '1', alarmName: 'Rightsizer checkout throttles', cause: 'Throttled' },
      action: { kind: 'RaiseReservedConcurrency', functionName: 'checkout', before: 10, after: 15 },
    } as never;
    await world.run(async () => {
      await world.ledger.putRun(runRecord(asked));
      await world.ledger.putProposal(proposal({ runId: asked.runId, functionName: 'checkout', remediation }));
      await world.ledger.putQuestion(asked.runId, asked.approvalExpiresAt);
    });
    const { stdout } = await world.cli(['pending']);
    expect(stdout).toContain('in answer to alarm Rightsizer checkout throttles');
    expect(stdout).toContain('reserved concurrency 10 → 15');
    expect(stdout).toContain('rightsizer approve --run remediation-1');
    await world.cli(['reject', '--run', asked.runId, 'checkout']);
    expect((await world.cli(['pending'])).stdout).toBe('Nothing waits for a decision.\n');
  });

  it('prints one JSON object and nothing else with --json', async () => {
    await propose(world);
    const { stdout } = await world.cli(['pending', '--run', RUN_ID, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      pendingCount: 2,
      runs: [{ runId: RUN_ID, proposals: [{ functionName: 'orders-worker', savingsUsdPerMonth: 12.5 }, {}] }],
    });
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('leaves out what is decided and runs whose time is over', async () => {
    await propose(world);
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
    await propose(world);
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
    await propose(world);
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
    await propose(world);
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
    await propose(world);
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

describe('functions that share their code', () => {
  const HANDLERS = ['orders-a', 'orders-b', 'orders-c'];

  beforeEach(async () => {
    await propose(world);
    await world.run(async () => {
      for (const [at, functionName] of HANDLERS.entries()) {
        const owner = { tool: 'cdk', stackName: 'queues' };
        await world.ledger.putProposal(
          proposal({
            functionName,
            assessment: assessment({ functionName, codeSha256: 'bundle', owner }),
            savings: savings({ savingsUsdPerMonth: 3 - at }),
          }),
        );
      }
    });
  });

  it('wait in one row, and each in its own with --members', async () => {
    const { stdout } = await world.cli(['pending']);
    expect(stdout).toMatch(/3 functions of stack queues \(--group orders-a\) +memory 1,024 -> 512 MB +\$6\.00 /);
    expect(stdout).not.toContain('orders-b');
    const { stdout: each } = await world.cli(['pending', '--members']);
    for (const name of HANDLERS) expect(each).toContain(`- ${name}`);
  });

  it('stand together in one JSON object, and by name in the table for spreadsheets', async () => {
    const { runs, ...counts } = JSON.parse((await world.cli(['pending', '--json'])).stdout);
    expect(counts).toEqual({ pendingCount: 5, questionCount: 3 });
    expect(runs[0].proposals).toHaveLength(5);
    expect(runs[0].groups).toEqual([
      { name: 'orders-a', functionNames: HANDLERS, savingsUsdPerMonth: 6, risk: 'Low', reason: assessment().reason },
    ]);
    const rows = (await world.cli(['pending', '--csv'])).stdout.trim().split('\n');
    expect(rows.filter((row) => row.endsWith(',orders-a'))).toHaveLength(3);
  });

  it('are approved together by the name of any, but for what was decided before', async () => {
    await world.cli(['reject', '--run', RUN_ID, 'orders-a']);
    const approved = await world.cli(['approve', '--run', RUN_ID, '--group', 'orders-b']);
    expect(approved).toMatchObject({ exitCode: 0, stdout: '2 changes approved.\n' });
    expect(await statusOf('orders-a')).toMatchObject({ status: 'rejected' });
    expect(await statusOf('orders-b')).toMatchObject({ status: 'approved' });
    expect(await statusOf('orders-c')).toMatchObject({ status: 'approved' });
    expect(await statusOf('orders-worker')).toMatchObject({ status: 'pending' });
  });

  it('keep the name of their group when the function that it is named after is decided', async () => {
    await world.cli(['reject', '--run', RUN_ID, 'orders-a']);
    expect((await world.cli(['pending'])).stdout).toContain('2 functions of stack queues (--group orders-a)');
  });

  it('are refused by a name that the run does not know', async () => {
    const { exitCode, stderr } = await world.cli([
      'approve',
      '--run',
      RUN_ID,
      '--group',
      'nobody',
      '--group',
      'orders-a',
    ]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('this run proposes nothing about "nobody"')]);
    expect(await statusOf('orders-a')).toMatchObject({ status: 'pending' });
  });
});
