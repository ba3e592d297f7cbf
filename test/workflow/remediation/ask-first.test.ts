import '../../support/quiet.ts';
import { decideOnPage, openForm, readPage, sendForm } from '../../../sandbox/demos/night/approver.ts';
import type { World } from '../../../sandbox/demos/night/world.ts';
import { Simulation } from '../../../sandbox/demos/remediation/simulation.ts';
import { synthesizeDemo } from '../../../sandbox/demos/remediation/stage.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { brokenEventPromises } from '../../support/bus-events.ts';
import { throttledCheckout } from '../../support/throttled-checkout.ts';

/** A reservation is raised only once somebody said so, on the page where every other change is decided. */
const synthesized = synthesizeDemo({ policies: { RaiseReservedConcurrency: { mode: 'ask' } } });
const DAY_MINUTES = 1_440;

let simulation: Simulation;
let world: World;

beforeEach(async () => {
  simulation = await Simulation.open({ seed: 1, synthesized, calmMinutes: 2 });
  const { clock, account, deployment } = simulation;
  world = { clock, account, deployment } as unknown as World;
  await throttledCheckout(simulation);
});

afterEach(() => {
  simulation.dispose();
  expect([...simulation.account.iam.refusals]).toEqual([]);
  expect(brokenEventPromises(simulation.account)).toEqual([]);
});

const reserved = () => simulation.account.lambda.functions.get('checkout').reservedConcurrency;
const inActivity = <T>(work: () => Promise<T>): Promise<T> => simulation.clock.complete(work);
const decide = (decision: 'approved' | 'rejected') => inActivity(() => decideOnPage(world, { decision }));
const page = () => inActivity(() => readPage(world, ''));
const asked = () => {
  const [record] = [...simulation.deployment.ended.values()].filter(({ output }) => output?.includes('AskedFirst'));
  return JSON.parse(record!.output!) as { remediationId: string };
};
const outcomes = () =>
  [...simulation.deployment.ended.values()]
    .filter(({ stateMachineArn }) => stateMachineArn === simulation.remediationArn)
    .map(({ output }) => (JSON.parse(output ?? '{}') as { outcome: string }).outcome)
    .filter((outcome) => outcome !== 'Ignored');

it('asks once by mail with a link, changes nothing, and shows the question on the approval page', async () => {
  const mails = simulation.account.sns.inbox.filter(({ subject }) => subject?.includes('asks'));

  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ subject: 'Rightsizer asks: RaiseReservedConcurrency for checkout' });
  expect(reserved()).toBe(10);
  expect(outcomes()).toEqual(['AskedFirst']);
  const shown = await page();
  expect(shown).toContain('in answer to an alarm of');
  expect(shown).toContain('reserved concurrency 10 → 15');
  expect(shown.split('<script')[0]).not.toMatch(/undefined|NaN/);
});

it('is found by whoever asks what waits', async () => {
  const ledger = createLedger(simulation.deployment.tableName);
  expect(await inActivity(() => ledger.listQuestions())).toEqual([`remediation-${asked().remediationId}`]);
});

it('keeps the right to decide out of executions and ledger', async () => {
  const [, linkId] = /\/runs\/([\w-]{43})/.exec(simulation.account.sns.inbox.at(-1)!.message) ?? [];
  const histories = JSON.stringify([...simulation.deployment.ended.values()]);

  expect(linkId).toBeDefined();
  expect(histories).not.toContain(linkId);
});

it('acts when approved, sees the alarm clear, and says so on the page', async () => {
  await decide('approved');
  await simulation.pass(10);

  expect(reserved()).toBe(15);
  expect(outcomes()).toEqual(['AskedFirst', 'Cleared']);
  expect(await page()).toContain('Applied and verified');
});

it('shows what an operator’s execution did, and lets nobody decide it again', async () => {
  const form = await inActivity(() => openForm(world));
  const { remediationId } = asked();
  await simulation.execute(simulation.remediationArn, { action: 'approve', remediationId });
  await inActivity(() => sendForm(world, form, { decision: 'rejected', name: 'Bob' }));
  await simulation.pass(5);

  expect(reserved()).toBe(15);
  expect(await page()).toContain('Kept, though not proven better');
  expect(await simulation.execute(simulation.remediationArn, { action: 'undo', remediationId })).toMatchObject({
    outcome: 'Undone',
  });
  expect(reserved()).toBe(10);
  expect(await page()).toContain('Rolled back');
});

it('does nothing when rejected, whatever an operator’s execution says afterwards', async () => {
  await decide('rejected');
  await simulation.pass(5);
  const { remediationId } = asked();

  expect(await simulation.execute(simulation.remediationArn, { action: 'approve', remediationId })).toMatchObject({
    outcome: 'Refused',
  });
  expect(reserved()).toBe(10);
});

it('acts once for two forms that were open at the same time, the first wins', async () => {
  const [first, second] = await inActivity(() => Promise.all([openForm(world), openForm(world)]));
  await inActivity(() => sendForm(world, first!, { decision: 'approved', name: 'Ada' }));
  await inActivity(() => sendForm(world, second!, { decision: 'rejected', name: 'Bob' }));
  await simulation.pass(10);

  expect(reserved()).toBe(15);
  expect(simulation.writes).toHaveLength(1);
  expect(await page()).toContain('Ada');
});

it('refuses when somebody changed the resource between question and answer', async () => {
  simulation.account.lambda.functions.get('checkout').reservedConcurrency = 40;
  await decide('approved');
  await simulation.pass(5);

  expect(reserved()).toBe(40);
  expect(outcomes()).toEqual(['AskedFirst', 'Refused']);
});

it('takes no answer after a day: no answer means no change', async () => {
  const form = await inActivity(() => openForm(world));
  await simulation.pass(DAY_MINUTES + 1);
  await inActivity(() => sendForm(world, form, { decision: 'approved', name: 'Ada' }));
  await simulation.pass(5);

  expect(reserved()).toBe(10);
  expect(await page()).toContain('Expired, nothing changed');
}, 60_000);
