import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createProgram } from '../../../cli/program.ts';
import { proposal } from '../../support/builders.ts';
import { BUCKET, type CliWorld, createCliWorld, propose } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

describe('rightsizer', () => {
  it('asks CloudFormation for nothing that a flag or the environment says', async () => {
    await propose(world);
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

  it('explains every command with examples of it', async () => {
    const { commands } = createProgram(
      { stdin: Readable.from([]), stdout: process.stdout, stderr: process.stderr, colors: false, environment: {} },
      () => {},
    );
    expect(commands.length).toBeGreaterThan(14);
    for (const command of commands) {
      const { stdout } = await world.cli([command.name(), '--help']);
      const [, examples = ''] = stdout.split('Examples:\n');
      expect([command.name(), examples]).toEqual([
        command.name(),
        expect.stringContaining(`rightsizer ${command.name()}`),
      ]);
    }
  });

  it('says which version it is', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await world.cli(['--version'])).toMatchObject({ exitCode: 0, stdout: `rightsizer ${version}\n` });
  });

  it('keeps its tables within the terminal, whatever names they hold', async () => {
    await propose(world);
    const longest = 'a-function-whose-name-has-as-many-characters-as-lambda-allows-64';
    await world.run(() => world.ledger.putProposal(proposal({ functionName: longest })));
    for (const widthChars of [60, 80, 100]) {
      const { stdout } = await world.cli(['pending'], { widthChars });
      // Sentences are the terminal's to wrap.
      const rows = stdout.split('\n').filter((line) => !/^(Run|Decide)/.test(line));
      expect(Math.max(...rows.map((line) => line.length))).toBeLessThanOrEqual(widthChars);
    }
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
