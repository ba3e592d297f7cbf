import { NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** A night of a stage that may change nothing, deployed from the read-only template. */
let night: NightWorld;

beforeEach(async () => {
  const fleet = oversizedFleet({ functions: 8, startMs: START_MS });
  night = await NightWorld.create({ fleet, configuration: { readOnly: true } });
});

afterEach(() => night.dispose());

const READS = /^(Get|List|Describe|Query|BatchGet|StartQuery|StopQuery)/;
/** Services in which a stage can change what is the customer's, or write to people. */
const FOREIGN = ['Lambda', 'CloudWatch', 'ApplicationAutoScaling', 'Scheduler', 'SNS', 'SESv2', 'SQS'];

/** Calls that wrote something there while `work` ran; the deployment before it made its own topics. */
async function writesDuring(work: () => Promise<unknown>): Promise<string[]> {
  night.account.calls.clear();
  await work();
  return [...night.account.calls.keys()].filter((call) => {
    const [service = '', operation = ''] = call.split('.');
    return FOREIGN.includes(service) && !READS.test(operation);
  });
}

it('assesses the account, reports what it would propose, and makes no call that writes', async () => {
  const before = night.sizes();
  let report: Awaited<ReturnType<typeof night.report>> | undefined;
  const writes = await writesDuring(async () => {
    report = await night.report(await night.start());
  });
  expect(writes).toEqual([]);
  expect(report?.counts).toMatchObject({ assessed: 8, proposed: 0, applied: 0, failed: 0 });
  expect(report?.assessed.filter(({ kind }) => kind === 'Proposable').length).toBeGreaterThan(0);
  expect(night.sizes()).toEqual(before);
  expect(night.account.calls.get('Lambda.ListFunctions')).toBeGreaterThan(0);
});

it('claims no function and asks nobody, so that an ordinary stage beside it finds everything free', async () => {
  await night.report(await night.start());
  expect(await night.records('PROPOSAL#')).toEqual([]);
  expect((await night.ledger()).filter(({ pk }) => pk.startsWith('FUNCTION#'))).toEqual([]);
  expect(night.account.sns.inbox).toEqual([]);
});

it('refuses a run that is to be more than dry, in its first state', async () => {
  const ended = await night.end(await night.start({ dryRun: false }));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
  expect(ended.cause).toContain('the stage is read-only');
});
