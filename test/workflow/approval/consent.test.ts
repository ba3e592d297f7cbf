import { openForm, sendForm } from '../../../sandbox/demos/night/approver.ts';
import { failure, HOUR_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** Decisions on their way from the page to the state machine, whatever happens to them. */

interface Proposal {
  functionName: string;
  status: string;
  decision: { decision: string; by: { name: string } };
  outcome: { kind: string };
}

const MINUTE_MS = 60_000;

let night: NightWorld;
let execution: string;

beforeEach(async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
  execution = await night.start();
  await night.untilMail();
});

afterEach(() => night.dispose());

const inActivity = <T>(work: () => Promise<T>): Promise<T> => night.clock.complete(work);
const proposals = () => night.records<Proposal>('PROPOSAL#');

function throttleAnswers(forMs: number): void {
  const untilMs = night.clock.now() + forMs;
  night.account.faults.add({
    service: 'SFN',
    operation: 'SendTaskSuccess',
    when: () => night.clock.now() < untilMs,
    error: () => failure('ThrottlingException', 'Rate exceeded'),
  });
}

it('keeps the first decision when somebody sends a form that was opened before it', async () => {
  const stale = await inActivity(() => openForm(night.world));
  await night.decide({ decision: 'approved', name: 'Ada' });
  expect(await inActivity(() => sendForm(night.world, stale, { decision: 'rejected', name: 'Grace' }))).toBe(409);
  await expect(inActivity(() => openForm(night.world))).rejects.toThrow('no form');
  const report = await night.report(execution);
  expect(report.counts).toMatchObject({ rejected: 0, approved: report.changed.length });
  for (const { decision } of await proposals()) {
    expect(decision).toMatchObject({ decision: 'approved', by: { name: 'Ada' } });
  }
});

it('gives two approvers who press at once one decision a function, and everybody sees whose', async () => {
  const forms = [await inActivity(() => openForm(night.world)), await inActivity(() => openForm(night.world))] as const;
  await inActivity(() =>
    Promise.all([
      sendForm(night.world, forms[0], { decision: 'approved', name: 'Ada' }),
      sendForm(night.world, forms[1], { decision: 'rejected', name: 'Grace' }),
    ]),
  );
  const decided = await proposals();
  const page = await night.page();
  for (const { status, decision } of decided) {
    expect(decision.by.name).toBe(status === 'approved' ? 'Ada' : 'Grace');
    expect(page).toContain(decision.by.name);
  }
  const report = await night.report(execution);
  const approved = decided.filter(({ status }) => status === 'approved').length;
  expect(report.counts).toMatchObject({ approved, applied: approved, rejected: decided.length - approved });
});

it('delivers each decision once although both halves of it may trigger the delivery', async () => {
  await night.decide({ decision: 'approved' });
  await night.report(execution);
  const tokens = await night.records<{ deliveredAt: string }>('TOKEN#');
  expect(tokens.every(({ deliveredAt }) => deliveredAt !== undefined)).toBe(true);
  expect(night.account.calls.get('SFN.SendTaskSuccess')).toBe(tokens.length);
});

it('tries again until Step Functions accepts an answer', async () => {
  throttleAnswers(10 * MINUTE_MS);
  const decidedAtMs = night.clock.now();
  await night.decide({ decision: 'approved' });
  await night.until(() => night.invocations('apply-change') > 0);
  expect(night.clock.now() - decidedAtMs).toBeGreaterThan(9 * MINUTE_MS);
  expect(night.clock.now() - decidedAtMs).toBeLessThan(15 * MINUTE_MS);
  const report = await night.report(execution);
  expect(report.counts).toMatchObject({ applied: report.changed.length, failed: 0 });
});

it('gives an answer up once the wait is over; the decision counts all the same', async () => {
  throttleAnswers(21 * HOUR_MS);
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(report.counts).toMatchObject({ applied: report.changed.length, expired: 0 });
  // ExpireProposal finds the decisions and hands out the turns that their delivery had taken.
  expect(await night.records('TURN')).toHaveLength(report.changed.length);
  // The next answer after the throttling is that the wait is over, and that ends the tries.
  await night.clock.advanceTo(night.clock.now() + 3 * HOUR_MS);
  const tokens = await night.records<{ deliveredAt: string }>('TOKEN#');
  expect(tokens.every(({ deliveredAt }) => deliveredAt !== undefined)).toBe(true);
  const tries = night.invocations('deliver-decision');
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
  expect(night.invocations('deliver-decision')).toBe(tries);
});

it('shows on the page what became of each proposal', async () => {
  const [rejected, ...others] = await night.proposed();
  await night.decide({ decision: 'rejected', functionNames: [rejected!.name] });
  await night.decide({ decision: 'approved', functionNames: others.map(({ name }) => name) });
  await night.report(execution);
  const outcomes = new Map((await proposals()).map(({ functionName, outcome }) => [functionName, outcome.kind]));
  expect(outcomes.get(rejected!.name)).toBe('Rejected');
  for (const { name } of others) expect(outcomes.get(name)).toBe('Verified');
});
