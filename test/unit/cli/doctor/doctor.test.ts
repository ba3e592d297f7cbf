import { BUCKET } from '../cli-world.ts';
import { createDoctorWorld, type DoctorWorld } from './doctor-world.ts';

let world: DoctorWorld;

beforeEach(async () => {
  world = await createDoctorWorld();
});

afterEach(() => world.dispose());

it('is green line by line where all is well', async () => {
  await world.deployed();
  await world.ended({});
  const { exitCode, stdout, stderr } = await world.cli(['doctor']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout.trim().split('\n')).toHaveLength(10);
  expect(stdout).not.toContain('✘');
  expect(stdout).toContain('✔ schedule: cron(0 2 * * ? *) Europe/Berlin');
});

it('says what to do about broken credentials, and looks no further', async () => {
  await world.deployed();
  world.account.faults.add({
    service: 'STS',
    error: () => Object.assign(new Error('the token has expired'), { name: 'ExpiredTokenException' }),
  });
  const { exitCode, stdout } = await world.cli(['doctor']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^✘ credentials: the token has expired\n {2}→ .*sign in again/);
  expect(stdout.trim().split('\n')).toHaveLength(2);
});

it('says that the stack is not there', async () => {
  const { exitCode, stdout } = await world.cli(['doctor', '--stack', 'Elsewhere']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/✘ stack: Stack with id Elsewhere does not exist\n {2}→ .*--stack/);
});

it('sees a stack of an older release, which does not tell its schedule', async () => {
  await world.deployed();
  world.account.cloudFormation.addStack('Rightsizer', { LedgerTableName: 'ledger', RunBucketName: BUCKET });
  for (const name of ['schedule', 'configuration'])
    expect(await world.check(name)).toMatchObject({ ok: false, todo: expect.stringContaining('deploy again') });
  expect(await world.check('last night')).toMatchObject({ ok: true });
});

it('takes a look that is denied for a finding, and goes on with the others', async () => {
  await world.deployed();
  world.account.faults.add({
    service: 'Scheduler',
    error: () => Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }),
  });
  const found = await world.checks();
  expect(found.find((each) => each['check'] === 'schedule')).toMatchObject({
    ok: false,
    says: expect.stringContaining('scheduler:GetSchedule'),
    todo: expect.stringContaining('permission'),
  });
  expect(found).toHaveLength(10);
});
