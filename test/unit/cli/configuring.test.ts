import { type CliWorld, createCliWorld } from './cli-world.ts';

const ARN = 'arn:aws:states:us-east-1:123456789012:stateMachine:';
const MACHINES = {
  ConfigureAlarmsArn: `${ARN}Alarms`,
  ConfigureAutoScalingArn: `${ARN}AutoScaling`,
  ApplyColdStartMitigationArn: `${ARN}ColdStart`,
};
const DONE = { next: 'done', rounds: 1, remaining: 0, said: 'after 1 round' };
const ALARMS_PLAN = {
  ...{ schemaVersion: 1, created: ['Rightsizer orders-api errors'], updated: [], unchanged: 3, removed: [] },
  counts: { metricAlarms: 4, metricsInsightsAlarms: 0, billedMetrics: 4 },
  ...{ changes: { created: 1, updated: 0, removed: 0 }, unlisted: {}, continuation: DONE },
  ...{ costUsdPerMonth: 0.4, problems: [], fleet: { shape: 'fleet', reason: 'few enough' }, topicArn: 'arn:topic' },
};
const SETTINGS = {
  ...{ schemaVersion: 1, mode: 'measured', advice: [], unchanged: [], removed: [], skipped: [], failed: [] },
  created: [{ resource: 'orders-api', setting: 'warm-up', reason: 'its p99 is 4 s' }],
  ...{ updated: [], unlisted: {}, continuation: DONE, advised: 0 },
  counts: { created: 1, updated: 0, unchanged: 0, removed: 0, skipped: 0, failed: 0 },
};

let world: CliWorld;
let started: { stateMachineArn: string; name: string; input: { action: string } }[];
let answer: object;
let statuses: string[];

beforeEach(async () => {
  world = await createCliWorld();
  world.account.cloudFormation.addStack('Configured', MACHINES);
  [started, answer, statuses] = [[], ALARMS_PLAN, []];
  world.account.states.use({
    startExecution: (given: { stateMachineArn: string; name: string; input: string }) => {
      started.push({ ...given, input: JSON.parse(given.input) });
      return { executionArn: `arn:execution:${started.length}`, startDate: new Date(0) };
    },
    describeExecution: () => {
      const status = statuses.shift() ?? 'SUCCEEDED';
      const output = JSON.stringify({ ...answer, action: started.at(-1)!.input.action });
      return status === 'SUCCEEDED' ? { status, output } : { status, error: 'InvalidConfiguration', cause: 'denied' };
    },
  } as never);
});
afterEach(() => world.dispose());

const configure = (args: readonly string[], answers?: boolean) =>
  world.cli(['configure', ...args, '--stack', 'Configured'], answers === undefined ? {} : { answers });
const actions = () => started.map(({ input }) => input.action);

describe('rightsizer configure', () => {
  it('with --dry-run shows the plan and starts nothing that writes', async () => {
    const { exitCode, stdout } = await configure(['alarms', '--dry-run']);
    expect([exitCode, actions()]).toEqual([0, ['plan']]);
    expect(stdout).toMatch(/create +Rightsizer orders-api errors/);
    expect(stdout).toContain('nothing was changed. 1 to write, 3 as they should be');
    expect(stdout).toContain('$0.40 a month');
  });

  it.each([
    ['alarms', 'setup', MACHINES.ConfigureAlarmsArn],
    ['auto-scaling', 'configure', MACHINES.ConfigureAutoScalingArn],
    ['cold-start', 'applyAll', MACHINES.ApplyColdStartMitigationArn],
  ])('applies %s after its plan, once somebody said yes', async (what, action, machine) => {
    if (what !== 'alarms') answer = SETTINGS;
    const { exitCode, stdout, stderr } = await configure([what], true);
    expect([exitCode, actions()]).toEqual([0, ['plan', action]]);
    expect(new Set(started.map(({ stateMachineArn }) => stateMachineArn))).toEqual(new Set([machine]));
    expect(new Set(started.map(({ name }) => name)).size).toBe(2);
    expect(stderr).toContain('Planned');
    expect(stdout).toContain('Applied. 1 written');
  });

  it('writes nothing where the answer is no, or nobody is there to give one', async () => {
    expect((await configure(['alarms'], false)).stdout).toContain('Nothing was changed.');
    expect(await configure(['alarms'])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(actions()).toEqual(['plan', 'plan']);
  });

  it('asks nobody with --yes, and hands the whole answer on with --json', async () => {
    answer = SETTINGS;
    const { stdout, exitCode } = await configure(['cold-start', '--mode', 'measured', '--yes', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ step: 'apply', writes: 1, rows: [{ resource: 'orders-api' }] });
    expect(started[1]!.input).toEqual({ action: 'applyAll', mode: 'measured' });
  });

  it('does not apply a plan that cannot be, nor one with nothing to write', async () => {
    answer = { ...ALARMS_PLAN, problems: ['5,001 alarms, the quota is 5,000'] };
    expect(await configure(['alarms', '--yes'])).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('quota'),
    });
    answer = { ...ALARMS_PLAN, created: [], changes: { created: 0, updated: 0, removed: 0 } };
    expect((await configure(['alarms', '--yes'])).exitCode).toBe(0);
    expect(actions()).toEqual(['plan', 'plan']);
  });

  it('waits for the execution, and says how one ended that failed', async () => {
    statuses = ['RUNNING', 'RUNNING', 'FAILED'];
    const { exitCode, stdout } = await configure(['alarms', '--dry-run']);
    expect([exitCode, stdout.trim()]).toEqual([
      1,
      'Execution arn:execution:1 ended as FAILED: InvalidConfiguration: denied',
    ]);
  });

  it('counts what has no room in the answer, and says where it is listed', async () => {
    const wholeLists = 's3://bucket/configuration/Alarms/1/';
    answer = {
      ...ALARMS_PLAN,
      changes: { created: 12_000, updated: 0, removed: 0 },
      unlisted: { created: 11_999 },
      wholeLists,
    };
    const alarms = await configure(['alarms', '--dry-run']);
    expect(alarms.stdout).toContain('12000 to write');
    expect(alarms.stdout).toContain(`11999 more created; a state's answer holds so many. All of them: ${wholeLists}`);
    answer = { ...SETTINGS, unlisted: { skipped: 7, unchanged: 9, advice: 3 } };
    const settings = await configure(['cold-start', '--dry-run']);
    expect(settings.stdout).toContain('Not listed here: 7 more skipped;');
  });

  it('undoes once somebody said yes', async () => {
    await configure(['alarms', '--undo'], false);
    expect(actions()).toEqual([]);
    answer = { ...ALARMS_PLAN, created: [], removed: ['Rightsizer orders-api errors'] };
    expect((await configure(['alarms', '--undo'], true)).stdout).toMatch(/take away +Rightsizer[\s\S]*Undone\./);
    expect(actions()).toEqual(['remove']);
  });

  it.each([
    [['everything'], ['"everything"', 'alarms, auto-scaling, cold-start']],
    [
      ['alarms', '--mode', 'measured', '--undo', '--dry-run'],
      ['--mode says nothing to alarms', '--undo and --dry-run'],
    ],
    [
      ['cold-start', '--email', 'a@example.com', '--json'],
      ['--email says nothing', '--json asks nobody'],
    ],
    [['alarms', '--email', 'nobody', '--dry-run'], ['email']],
  ])('refuses %j naming every problem, and starts nothing', async (args, problems) => {
    const { exitCode, stderr } = await configure(args);
    expect(exitCode).toBe(2);
    for (const problem of problems) expect(stderr).toContain(problem);
    expect(started).toEqual([]);
  });

  it('says why a read-only stage has none of it', async () => {
    const { exitCode, stderr } = await world.cli(['configure', 'alarms', '--dry-run']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('A read-only stage configures nothing');
  });
});
