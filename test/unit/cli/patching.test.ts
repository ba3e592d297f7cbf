import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';
import { assessment, change } from '../../support/builders.ts';
import { BUCKET, type CliWorld, createCliWorld, REPORT, RUN_ID } from './cli-world.ts';

const TEMPLATE =
  'Resources:\n  Api:\n    Type: AWS::Lambda::Function\n    Properties:\n      MemorySize: 1024 # kept\n      Timeout: 30\n';
const owner = { tool: 'cloudformation', stackName: 'orders', logicalId: 'Api' };

let world: CliWorld;
let folder: string;

beforeEach(async () => {
  world = await createCliWorld();
  folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-patch-'));
  writeFileSync(path.join(folder, 'template.yaml'), TEMPLATE);
  writeFileSync(path.join(folder, 'samconfig.toml'), 'stack_name = "orders"\n');
  world.account.s3.write(BUCKET, REPORT.reportKey, JSON.stringify(REPORT));
});
afterEach(() => {
  world.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const template = (): string => readFileSync(path.join(folder, 'template.yaml'), 'utf8');

const changed = (overrides: Partial<ChangeRecord> = {}): Promise<unknown> =>
  world.run(() =>
    world.ledger.beginChange(
      change({ functionName: 'orders-api', status: 'Verified', assessment: assessment({ owner }), ...overrides }),
    ),
  );

describe('rightsizer patch', () => {
  it("prints a run's diff and nothing else on stdout, says on stderr what it did, and writes nothing", async () => {
    await changed();
    const { exitCode, stdout, stderr } = await world.cli(['patch', '--run', RUN_ID, folder]);
    expect(stdout.split('\n')).toEqual([
      '--- a/template.yaml',
      '+++ b/template.yaml',
      '@@ -2,5 +2,5 @@',
      ...['   Api:', '     Type: AWS::Lambda::Function', '     Properties:'],
      ...['-      MemorySize: 1024 # kept', '+      MemorySize: 512 # kept', '       Timeout: 30', ''],
    ]);
    expect([exitCode, stderr]).toEqual([0, '✔ orders-api: template.yaml:5 memory 1024 → 512 MB\n']);
    expect(template()).toBe(TEMPLATE);
  });

  it('writes the files with --write, and prints the diff all the same', async () => {
    await changed();
    const { stdout } = await world.cli(['patch', '--run', RUN_ID, '--write', folder]);
    expect(stdout).toContain('+      MemorySize: 512 # kept');
    expect(template()).toBe(TEMPLATE.replace('1024', '512'));
    const again = await world.cli(['patch', '--run', RUN_ID, folder]);
    expect(again).toEqual({ exitCode: 0, stdout: '', stderr: '✔ orders-api: template.yaml:2 says so already\n' });
  });

  it('carries over what is left to the source, on the night that left it there and not again', async () => {
    await changed({ status: 'AwaitingDeployment', delivery: 'patch' });
    const [outcome] = REPORT.changed;
    const tell = (report: object) =>
      world.account.s3.write(BUCKET, REPORT.reportKey, JSON.stringify({ ...REPORT, ...report }));
    tell({ changed: [{ ...outcome, kind: 'AwaitingDeployment' }] });
    expect((await world.cli(['patch', '--run', RUN_ID, folder])).stdout).toContain('+      MemorySize: 512 # kept');
    tell({ changed: [], settled: [{ ...outcome, kind: 'AwaitingDeployment' }] });
    expect((await world.cli(['patch', '--run', RUN_ID, folder])).stdout).toBe('');
    expect((await world.cli(['patch', '--function', 'orders-api', folder])).stdout).toContain('MemorySize: 512');
  });

  it('carries over every change of a function that stands, from before the first to after the last', async () => {
    await changed();
    await changed({
      ...{ runId: 'scheduled-2026-11-24', startedAt: '2026-11-24T08:00:00.000Z' },
      before: { memorySizeMb: 512, timeoutSeconds: 30, codeSha256: 'code-1' },
      after: { memorySizeMb: 384, timeoutSeconds: 60 },
    });
    await changed({
      ...{ runId: 'scheduled-2026-11-25', startedAt: '2026-11-25T08:00:00.000Z', status: 'RolledBack' },
      after: { memorySizeMb: 128, timeoutSeconds: 60 },
    });
    const { exitCode, stdout } = await world.cli(['patch', '--function', 'orders-api', '--json', folder]);
    const answer = JSON.parse(stdout);
    expect([exitCode, answer.functions]).toEqual([
      0,
      [
        {
          ...{ functionName: 'orders-api', runId: 'scheduled-2026-11-24', result: 'patched', notes: [] },
          ...{ file: 'template.yaml', line: 2 },
          edits: [
            { setting: 'memory', from: 1024, to: 384, file: 'template.yaml', line: 5 },
            { setting: 'timeout', from: 30, to: 60, file: 'template.yaml', line: 6 },
          ],
        },
      ],
    ]);
    expect(answer.written).toBe(false);
  });

  it('patches what it can, and ends with 1 where a function has no change that stands', async () => {
    await changed();
    await changed({ functionName: 'rolled-back', status: 'RolledBack' });
    const { exitCode, stdout, stderr } = await world.cli([
      ...['patch', '--function', 'orders-api', '--function', 'rolled-back', folder],
    ]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('+      MemorySize: 512')]);
    expect(stderr).toContain('✘ rolled-back: the ledger knows no change of it that stands');
  });

  it('leaves out what a later night took back', async () => {
    await changed({ status: 'RolledBack' });
    const { exitCode, stdout, stderr } = await world.cli(['patch', '--run', RUN_ID, folder]);
    expect([exitCode, stdout, stderr]).toEqual([1, '', '✘ orders-api: its change ended as RolledBack since\n']);
  });

  it('finds a function by its name where the ledger has forgotten the change', async () => {
    const { exitCode, stderr } = await world.cli(['patch', '--run', RUN_ID, folder]);
    expect([exitCode, stderr]).toEqual([1, '✘ orders-api: no definition of it was found\n']);
  });

  it('lets no name speak to the terminal', async () => {
    await changed();
    writeFileSync(path.join(folder, 'te\u001b[2Jst.yaml'), TEMPLATE);
    expect((await world.cli(['patch', '--run', RUN_ID, folder])).stderr).not.toContain('\u001b');
  });

  it.each([
    [['patch', 'nowhere'], 'name a run with --run, or functions with --function; "nowhere" is no directory'],
    [['patch', '--run', '../secrets', '.'], "is not a run's id"],
    [['patch', '--run', RUN_ID, '--function', 'a', '.'], 'give either --run or --function, not both'],
    [['patch', '--run', RUN_ID, 'nowhere'], '"nowhere" is no directory'],
    [['patch', '--run', RUN_ID], "missing required argument 'directory'"],
  ])('rejects %j', async (args, says) => {
    expect(await world.cli(args)).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringContaining(says) });
  });
});
