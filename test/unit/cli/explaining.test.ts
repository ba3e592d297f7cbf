import { assessedOutcome, assessment, change } from '../../support/builders.ts';
import { candidate } from '../../support/candidates.ts';
import { changedOutcome, nightReport } from '../../support/night-report.ts';
import { BUCKET, type CliWorld, createCliWorld, propose, RUN_ID } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

const keep = (report: ReturnType<typeof nightReport>) =>
  world.account.s3.write(BUCKET, report.reportKey, JSON.stringify(report));

describe('rightsizer history', () => {
  it('tells one function’s changes from the ledger, newest first', async () => {
    await world.run(async () => {
      await world.ledger.beginChange(change({ runId: 'scheduled-2026-11-01', appliedAt: '2026-11-01T08:00:00.000Z' }));
      await world.ledger.beginChange(change({ outcomeReason: 'as fast\u001b[2J as before' }));
    });
    const { stdout } = await world.cli(['history', 'orders-api']);
    expect(stdout).toMatch(/2026-11-23 08:00 .*memory 1,024 -> 512 MB[\s\S]*2026-11-01 08:00/);
    expect(stdout).not.toContain('\u001b');
  });

  it('tells all functions’ changes from the reports, each once, and none that was never written', async () => {
    keep(
      nightReport({
        runDate: '2026-11-22',
        changed: [changedOutcome({ kind: 'Watching', runId: 'scheduled-2026-11-22' })],
      }),
    );
    const rejected = changedOutcome({ functionName: 'rejected-one', kind: 'Rejected' });
    keep(nightReport({ settled: [changedOutcome({ runId: 'scheduled-2026-11-22' })], changed: [rejected] }));
    const { changes } = JSON.parse((await world.cli(['history', '--json'])).stdout);
    expect(changes).toMatchObject([{ functionName: 'orders-api', endedAs: 'Verified', at: '2026-11-22' }]);
  });

  it('says so where nothing was ever changed', async () => {
    expect((await world.cli(['history', 'untouched'])).stdout).toBe('No change of untouched yet.\n');
  });
});

describe('rightsizer explain', () => {
  const candidates = [
    candidate(512, { relativeCost: 0.6, relativeDuration: 1.02, meanDurationMs: 122 }),
    candidate(768, { relativeCost: 0.8 }),
    candidate(256, { relativeCost: 0.5, meetsGuard: false, meanDurationMs: 240 }),
    candidate(1024, { observed: true }),
  ].toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);

  it('shows evidence, a curve, and why each other size was not taken', async () => {
    keep(nightReport({ assessed: [assessedOutcome({ assessment: assessment({ candidates }) })] }));
    const { exitCode, stdout } = await world.cli(['explain', 'orders-api']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('memory 1,024 -> 512 MB');
    expect(stdout).toMatch(/140,000 invocations from 2026-11-09/);
    expect(stdout).toMatch(/\+-{20,}\n +256 +1024 MB\n +proposed +now\n/);
    expect(stdout).toMatch(/256 .*not sure enough that it stays fast enough\n/);
    expect(stdout).toMatch(/512 .*recommended\n/);
    expect(stdout).toMatch(/768 .*costs 33% more than the recommended\n/);
  });

  it('takes the newest night that is over, or the run it is told', async () => {
    keep(nightReport({ runDate: '2026-11-21' }));
    keep(nightReport({ runDate: '2026-11-22' }));
    world.account.s3.write(BUCKET, `runs/${RUN_ID}/manifest.json`, '[]');
    const runOf = async (...args: string[]) =>
      JSON.parse((await world.cli(['explain', 'orders-api', '--json', ...args])).stdout).runId;
    expect(await runOf()).toBe('scheduled-2026-11-22');
    expect(await runOf('--run', 'scheduled-2026-11-21')).toBe('scheduled-2026-11-21');
  });

  it('says why a function was left alone', async () => {
    keep(nightReport());
    expect((await world.cli(['explain', 'edge'])).stdout).toContain(
      'left alone in run scheduled-2026-11-23 (OptedOut): tagged',
    );
  });

  it('rejects a function that the night does not know, and a night where there is none', async () => {
    expect(await world.cli(['explain', 'orders-api'])).toMatchObject({ exitCode: 2, stdout: '' });
    keep(nightReport());
    expect((await world.cli(['explain', 'nobody'])).stderr).toContain('knows no function "nobody"');
  });
});

describe('--csv', () => {
  it.each([['pending'], ['runs'], ['report', RUN_ID], ['history']])(
    'gives %s as plain values under the names of --json',
    async (...args) => {
      await propose(world);
      keep(nightReport());
      const { exitCode, stdout } = await world.cli([...args, '--csv']);
      const [heading, ...rows] = stdout.trim().split('\n');
      expect([exitCode, rows.length > 0]).toEqual([0, true]);
      expect(heading).toMatch(/^(\w+,)+\w+$/);
      expect(stdout).not.toContain('$');
    },
  );

  it('lets no text become a formula in a spreadsheet', async () => {
    keep(nightReport({ changed: [changedOutcome({ reason: '=HYPERLINK("evil")', decidedBy: 'Ada, "the" boss' })] }));
    expect((await world.cli(['report', RUN_ID, '--csv'])).stdout).toContain(
      `"Ada, ""the"" boss","'=HYPERLINK(""evil"")"`,
    );
  });

  it('rejects two forms at once', async () => {
    expect(await world.cli(['runs', '--csv', '--json'])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('rightsizer completion', () => {
  it.each(['bash', 'zsh', 'fish'])('knows every command and its options in %s', async (shell) => {
    const { exitCode, stdout } = await world.cli(['completion', shell]);
    expect(exitCode).toBe(0);
    for (const word of ['assess', 'explain', 'history', 'completion', 'scan-gb', 'ledger-table'])
      expect(stdout).toContain(word);
  });

  it('rejects a shell it has no script for', async () => {
    expect(await world.cli(['completion', 'cmd'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('bash, zsh, fish'),
    });
  });
});
