import { createDoctorWorld, type DoctorWorld } from './doctor-world.ts';

let world: DoctorWorld;

beforeEach(async () => {
  world = await createDoctorWorld();
});

afterEach(() => world.dispose());

it('sees a schedule that is switched off', async () => {
  await world.deployed({ state: 'DISABLED' });
  expect(await world.check('schedule')).toMatchObject({
    ok: false,
    todo: expect.stringContaining('scheduleEnabled=true'),
  });
});

describe('an enabled schedule', () => {
  beforeEach(async () => {
    await world.deployed();
    world.scheduledSince('2026-10-01T00:00:00Z');
  });

  it('that has started nothing for more than two of its periods is not well', async () => {
    await world.ran({ runId: 'scheduled-2026-11-20', startedAt: '2026-11-20T02:00:03.000Z', status: 'succeeded' });
    await world.ran({
      runId: 'manual-1',
      trigger: 'manual',
      startedAt: '2026-11-23T07:00:00.000Z',
      status: 'succeeded',
    });
    const found = await world.check('last night');
    expect(found).toMatchObject({ ok: false, todo: expect.stringContaining('night-did-not-start') });
    expect(found?.['says']).toContain('should have started 3 nights and started none');
  });

  it('that never started a night is not well', async () => {
    expect(await world.check('last night')).toMatchObject({
      ok: false,
      says: expect.stringMatching(/^no run yet; since/),
    });
  });

  it('that missed one start may still be well', async () => {
    await world.ran({ startedAt: '2026-11-22T02:00:03.000Z', status: 'succeeded' });
    expect(await world.check('last night')).toMatchObject({ ok: true });
  });
});

it('does not miss nights of a schedule that is switched off', async () => {
  await world.deployed();
  world.scheduledSince('2026-10-01T00:00:00Z', 'DISABLED');
  await world.ran({ startedAt: '2026-11-01T02:00:03.000Z', status: 'succeeded' });
  expect(await world.check('last night')).toMatchObject({ ok: true });
});

it('sees a night that is stuck', async () => {
  await world.deployed();
  await world.ran({ startedAt: '2026-11-22T05:00:00.000Z', status: 'running' });
  expect(await world.check('last night')).toMatchObject({
    ok: false,
    says: expect.stringContaining('running, started 27 h ago'),
    todo: expect.stringContaining('night-timed-out'),
  });
});

it('sees how the last night failed', async () => {
  await world.deployed();
  await world.ran({ status: 'failed', failure: 'AWS denied lambda:ListFunctions' });
  const found = await world.check('last night');
  expect(found).toMatchObject({ ok: false, says: expect.stringContaining('AWS denied lambda:ListFunctions') });
});

it('names the sources that last night did without', async () => {
  await world.deployed();
  await world.ended({ unavailableSources: [{ source: 'Tags', reason: 'AWS denied tag:GetResources' }] });
  expect(await world.check('sources of evidence')).toMatchObject({ ok: false, says: expect.stringContaining('Tags') });
});

it('says for how many nights a source has been away', async () => {
  await world.deployed();
  await world.ended({ unavailableSources: [{ source: 'Tags', reason: 'AWS denied tag:GetResources', nightsAway: 3 }] });
  expect((await world.check('sources of evidence'))?.['says']).toContain('for 3 nights');
});

it('takes a report that it cannot read for a finding', async () => {
  await world.deployed();
  await world.ended({ unavailableSources: 'all of them' });
  const found = await world.check('sources of evidence');
  expect(found).toMatchObject({ ok: false, says: expect.stringMatching(/report is invalid: unavailableSources/) });
});
