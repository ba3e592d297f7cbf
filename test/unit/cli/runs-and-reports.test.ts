import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BUCKET, type CliWorld, createCliWorld, propose, REPORT, RUN_ID, runRecord } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

describe('rightsizer runs', () => {
  it('lists the newest run first, without what opens its page or signs its forms', async () => {
    await propose(world);
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

describe('rightsizer report', () => {
  it('shows counts, savings and changes, and lets no name speak to the terminal', async () => {
    world.account.s3.write(BUCKET, REPORT.reportKey, JSON.stringify(REPORT));
    const { exitCode, stdout } = await world.cli(['report', RUN_ID]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/orders-api +Verified +memory 1,024 -> 512 MB +\$12.00 +\$11.50 +Ada/);
    expect(stdout).not.toContain('\u001b');
  });

  it('refuses files in folders that are not there, both of them, before it asks the account', async () => {
    const files = ['--html', '/no/such/night.html', '--since-beginning', '/no/such/all.html'];
    const { exitCode, stderr } = await world.cli(['report', RUN_ID, ...files]);
    expect(exitCode).toBe(2);
    for (const option of ['--html', '--since-beginning']) expect(stderr).toContain(`${option} must be a file`);
    expect(world.account.calls.get('CloudFormation.DescribeStacks')).toBeUndefined();
  });

  it('hands the whole report on with --json', async () => {
    world.account.s3.write(BUCKET, REPORT.reportKey, JSON.stringify(REPORT));
    expect(JSON.parse((await world.cli(['report', RUN_ID, '--json'])).stdout)).toEqual(REPORT);
  });

  it('writes a page of this night, the nights before it and what waits for a decision', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'report-page-'));
    try {
      await propose(world);
      const earlier = { ...REPORT, runId: 'scheduled-2026-11-22', runDate: '2026-11-22' };
      world.account.s3.write(BUCKET, REPORT.reportKey, JSON.stringify(REPORT));
      world.account.s3.write(BUCKET, 'runs/scheduled-2026-11-22/report.json', JSON.stringify(earlier));
      world.account.s3.write(BUCKET, 'runs/manual-unfinished/manifest.json', '[]');
      const file = path.join(folder, 'night.html');
      expect((await world.cli(['report', RUN_ID, '--html', file])).exitCode).toBe(0);
      const page = readFileSync(file, 'utf8');
      expect(page).toContain('scheduled-2026-11-22');
      expect(page).toContain('<strong>2 functions</strong> wait for a decision');
      expect(page).not.toContain('\u001b');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(['scheduled-2026-11-24', '../secrets'])('rejects %s, which has no report', async (runId) => {
    const { exitCode, stderr } = await world.cli(['report', runId]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(runId)]);
  });
});
