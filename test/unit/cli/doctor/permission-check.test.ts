import { createDoctorWorld, type DoctorWorld } from './doctor-world.ts';

let world: DoctorWorld;

beforeEach(async () => {
  world = await createDoctorWorld();
});

afterEach(() => world.dispose());

describe('permissions', () => {
  const denied = (operation: string, service: string) =>
    world.account.faults.add({
      ...{ service, operation },
      error: () => Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }),
    });

  it('are asked for by calls that leave nothing behind', async () => {
    await world.deployed();
    const found = await world.check('permissions');
    expect(found).toMatchObject({ ok: true, says: expect.stringContaining('dynamodb:UpdateItem') });
    expect(await world.run(() => world.ledger.listProposals('doctor-asks-whether-it-may'))).toEqual([]);
    expect(world.account.calls.get('SFN.StartExecution')).toBeUndefined();
  });

  it('that are missing are named with the commands that need them', async () => {
    await world.deployed();
    denied('UpdateItem', 'DynamoDB');
    expect(await world.check('permissions')).toMatchObject({
      ok: false,
      says: 'your identity lacks dynamodb:UpdateItem (approve, reject, rollback)',
      todo: expect.stringContaining('docs/cli.md'),
    });
  });

  it('to read objects are not said to be missing where S3 cannot tell', async () => {
    await world.deployed();
    denied('ListObjectsV2', 'S3');
    denied('GetObject', 'S3');
    expect((await world.check('permissions'))?.['says']).toBe(
      'your identity lacks s3:ListBucket (pending, runs, history, explain)',
    );
  });

  it('are no verdict where AWS does not answer', async () => {
    await world.deployed();
    world.account.faults.add({
      service: 'DynamoDB',
      operation: 'Query',
      error: () => Object.assign(new Error('no such table'), { name: 'ResourceNotFoundException' }),
    });
    expect(await world.check('permissions')).toMatchObject({ ok: false, says: 'no such table' });
  });
});
