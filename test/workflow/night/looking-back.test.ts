import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nightCli } from '../../support/night-cli.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** What people read afterwards is made of what real nights left behind, not of what a test believes they leave. */

let night: NightWorld;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'looking-back-'));
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 4, startMs: START_MS }) });
  const execution = await night.start();
  await night.untilMail();
  await night.decide({ decision: 'approved' });
  await night.report(execution);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  night.dispose();
});

const cli = (...args: string[]) => nightCli(night, ...args);

describe('after a night', () => {
  it('its report and the page of all nights are behind the link of its mail', async () => {
    expect(await night.page('/report')).toMatch(/\$[\d.]+ a month saved, proven in production/);
    expect(await night.page('/since-the-beginning')).toMatch(/saved so far, as production showed/);
  });

  it('a record stays that the next nights draw from, without names', async () => {
    const { s3 } = night.account;
    const kept = s3.keys(night.deployment.bucketName, 'nights/');
    expect(kept).toEqual(['nights/scheduled-2026-11-02.json']);
    const record = JSON.parse(s3.read(night.deployment.bucketName, kept[0]!));
    expect(record.changes.length).toBeGreaterThan(0);
    expect(record.predictions.length).toBeGreaterThan(0);
    expect(record.changes.map(({ decidedBy }: { decidedBy?: string }) => decidedBy)).not.toContain('Ada');
  });

  it('its page tells what was proven, and how predictions met production', async () => {
    const file = path.join(folder, 'night.html');
    await cli('report', 'scheduled-2026-11-02', '--html', file);
    const page = readFileSync(file, 'utf8');
    expect(page).toMatch(/\$[\d.]+ a month saved, proven in production/);
    expect(page).toMatch(/<strong>\d of \d changes<\/strong> ran within the interval/);
    for (const fn of night.fleet.functions) expect(page).toContain(fn.name);
  });

  it('each function’s size is explained with a curve, and its change is in the history', async () => {
    const [fn] = await night.proposed();
    const explained = await cli('explain', fn!.name);
    expect(explained).toMatch(/Mean duration by memory[\s\S]*Sizes the model weighed[\s\S]*recommended/);
    expect(await cli('history', fn!.name)).toContain('Verified');
    expect((await cli('history', '--csv')).split('\n').length).toBeGreaterThan(2);
  });
});
