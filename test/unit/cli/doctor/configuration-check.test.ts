import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDoctorWorld, type DoctorWorld } from './doctor-world.ts';

let world: DoctorWorld;

beforeEach(async () => {
  world = await createDoctorWorld();
});

afterEach(() => world.dispose());

describe('configuration', () => {
  let directory: string;

  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'doctor-'));
    jest.spyOn(process, 'cwd').mockReturnValue(directory);
    await world.deployed();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function checkedOut(rightsizer: object, version = '1.2.0'): void {
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ name: 'lambda-rightsizer', version }));
    writeFileSync(path.join(directory, 'cdk.json'), JSON.stringify({ context: { rightsizer } }));
  }

  it('is as the checkout says', async () => {
    checkedOut({ coolDownDays: 14, region: 'eu-central-1' });
    expect(await world.check('configuration')).toMatchObject({ ok: true, says: 'release 1.2.0, as cdk.json says' });
  });

  it('that was changed in the checkout since the deployment is named, field by field', async () => {
    checkedOut({ coolDownDays: 30, policy: { strategy: 'speed' } });
    const found = await world.check('configuration');
    expect(found).toMatchObject({ ok: false, todo: expect.stringContaining('npx cdk deploy') });
    expect(found?.['says']).toMatch(/: coolDownDays, policy\.strategy$/);
  });

  it('of another release is told', async () => {
    checkedOut({}, '1.3.0');
    expect(await world.check('configuration')).toMatchObject({ ok: false, says: 'release 1.2.0, here is 1.3.0' });
  });

  it.each([
    ['there is no checkout', () => {}],
    ['the checkout is about another stack', () => checkedOut({ stackName: 'Elsewhere', coolDownDays: 1 })],
  ])('is compared with nothing where %s', async (_, prepare) => {
    prepare();
    expect(await world.check('configuration')).toMatchObject({
      ok: true,
      says: expect.stringContaining('release 1.2.0; '),
    });
  });
});
