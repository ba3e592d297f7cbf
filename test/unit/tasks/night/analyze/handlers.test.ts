import '../../../shared/clients/fake-aws.ts';
import type { Context } from 'aws-lambda';
import { Env } from '../../../../../shared/constants.ts';
import { policy } from '../../../shared/domain/night/evidence/builders.ts';

const SETTINGS = JSON.stringify({
  policy: policy(),
  scheduleCron: '0 2 * * ? *',
  timeZone: 'UTC',
  approvalWindowHours: 18,
  verificationWindowHours: 4,
  watchNights: 2,
  coolDownDays: 7,
  controlPlaneShare: 0.3,
  logScanBudgetBytes: 1e9,
  retentionDays: 30,
});
const ENVIRONMENT = {
  [Env.ledgerTableName]: 'ledger',
  [Env.runBucketName]: 'runs',
  [Env.stackName]: 'Rightsizer',
  [Env.runSettings]: SETTINGS,
};
const TASKS = ['discover-functions', 'collect-memory-evidence', 'collect-metrics', 'analyze', 'estimate-savings'];
const load = (task: string) => import(`../../../../../tasks/night/${task}/handler.ts`);
const context = { functionName: 'task', awsRequestId: 'request' } as Context;

describe('handlers of the assessment', () => {
  beforeEach(() => {
    jest.resetModules();
    for (const [name, value] of Object.entries(ENVIRONMENT)) process.env[name] = value;
  });

  it.each(TASKS)('%s rejects an empty event by the name that workflows know', async (task) => {
    const { handler } = await load(task);
    await expect(handler({}, context)).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it.each([
    ['discover-functions', [Env.ledgerTableName, Env.stackName]],
    ['collect-memory-evidence', [Env.runBucketName, Env.runSettings]],
  ])('%s does not load without its environment and names all that is missing', async (task, names) => {
    for (const name of names) delete process.env[name];
    await expect(load(task)).rejects.toMatchObject({
      name: 'InvalidConfiguration',
      message: expect.stringContaining(names.join(', ')),
    });
  });
});
