import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FunctionKind } from '../../../sandbox/fleet/fleet-function.ts';
import { nightCli } from '../../support/night-cli.ts';
import { NightWorld, START_MS, synthesized } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';
import { type RunningRelease, release010, runRelease010 } from '../../support/upgrade/release-0.1.0.ts';

/**
 * Release 0.1.0's own code runs a night until it waits for people; then the present stack is deployed over it. As on AWS, what
 * waits goes on with 0.1.0's definition and published versions, but under the roles of the present stack; page, decisions
 * and the next night are the present code, over the records that 0.1.0 wrote.
 */

let night: NightWorld;
let former: RunningRelease;
let execution: string;

async function waitingNight(kind: FunctionKind, functions: number): Promise<string[]> {
  const fleet = oversizedFleet({ functions, startMs: START_MS, kind });
  night = await NightWorld.create({ fleet, stack: release010() });
  former = runRelease010(night);
  execution = await night.start();
  await night.untilMail();
  const waiting = (await night.proposed()).map(({ name }) => name);
  await night.until(() => night.invocations('request-approval') === waiting.length);
  return waiting;
}

const upgrade = () => former.upgrade(synthesized({}).template);

afterEach(() => {
  former.leave();
  night.dispose();
});

test('a waiting night of 0.1.0 is decided on the new page and ends by its own code under the new roles', async () => {
  const waiting = await waitingNight('plain', 12);
  expect(waiting.length).toBeGreaterThanOrEqual(4);
  const [early = '', late = '', unwanted = '', ...unanswered] = waiting;
  const before = night.sizes();
  night.fleet.regress(night.fleet.get(early), night.clock.now() + 60_000, 5);
  await night.decide({ decision: 'approved', functionNames: [early] });

  upgrade();
  await night.decide({ decision: 'approved', functionNames: [late] });
  await night.decide({ decision: 'rejected', functionNames: [unwanted] });
  const report = await night.report(execution);

  expect(Object.fromEntries(waiting.map((name) => [name, night.outcome(report, name)?.kind]))).toEqual({
    [early]: 'RolledBack',
    [late]: 'Verified',
    [unwanted]: 'Rejected',
    ...Object.fromEntries(unanswered.map((name) => [name, 'Expired'])),
  });
  expect(await night.violations(before, report)).toEqual([]);
  expect([...former.called].sort()).toEqual(
    ['apply-change', 'expire-proposal', 'record-outcome', 'roll-back-change', 'summarize-run', 'verify-change'].map(
      (task) => `${task}:1`,
    ),
  );

  former.called.clear();
  const next = await night.report(await night.startNight(1));
  expect(former.called).toEqual(new Set());
  expect(next.counts).toMatchObject({ failed: 0 });
  const asked = next.changed.map(({ functionName }) => functionName);
  expect([early, unwanted].filter((name) => asked.includes(name))).toEqual([]);
  // What nobody answered is weighed anew; not all that 0.1.0 asked about is worth a question now.
  const again = unanswered.filter((name) => asked.includes(name));
  expect(again.length).toBeGreaterThan(unanswered.length / 2);

  expect(await nightCli(night, 'history', late)).toContain('Verified');
  const folder = mkdtempSync(path.join(tmpdir(), 'upgrade-'));
  await nightCli(night, 'report', 'scheduled-2026-11-03', '--html', path.join(folder, 'night.html'));
  expect(readFileSync(path.join(folder, 'night.html'), 'utf8')).toContain(early);
  rmSync(folder, { recursive: true });
});

test('an alias that 0.1.0 leads to a new version after the upgrade is judged by the next night', async () => {
  const [pinned = ''] = await waitingNight('aliasPinned', 6);
  upgrade();
  await night.decide({ decision: 'approved', functionNames: [pinned] });
  expect(night.outcome(await night.report(execution), pinned)).toMatchObject({ kind: 'Watching' });
  expect(former.called).toContain('finish-shift:1');

  former.called.clear();
  const next = await night.report(await night.startNight(1));
  expect(next.settled).toMatchObject([{ functionName: pinned, kind: 'Verified' }]);
  expect(former.called).toEqual(new Set());
});

test('a night that nobody decides changes nothing and ends', async () => {
  const waiting = await waitingNight('plain', 6);
  const before = night.sizes();
  upgrade();
  const report = await night.report(execution);
  expect(report.changed.map(({ kind }) => kind)).toEqual(waiting.map(() => 'Expired'));
  expect(night.sizes()).toEqual(before);
});
