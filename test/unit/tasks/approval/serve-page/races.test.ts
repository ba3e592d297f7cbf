import type { Ledger } from '../../../../../shared/clients/ledger/ledger.ts';
import { decideRequest } from '../../../../../tasks/approval/serve-page/request/decide-request.ts';
import { DynamoDbLedgers } from '../../../../support/page/dynamodb-ledger.ts';
import {
  EXPIRES_AT,
  fixtureProposals,
  fixtureRun,
  LINK_ID,
  MORNING_MS,
  RUN_ID,
} from '../../../../support/page/fixture-run.ts';
import { nightPages } from '../../../../support/page/night-pages.ts';
import { bodyOf, formEvent, nonceOf, pageEvent } from '../../../../support/page/page-event.ts';
import { choice } from '../../../../support/page/page-site.ts';

/** Every race ends in the ledger's conditional writes, so these run against the real ledger. */
const ledgers = new DynamoDbLedgers();
const log = { info: () => {}, warn: () => {}, error: () => {} };
const proposals = fixtureProposals(8);
const names = proposals.map((each) => each.functionName);

beforeAll(() => ledgers.start());
afterAll(() => ledgers.stop());

async function preparedLedger(): Promise<Ledger> {
  const ledger = await ledgers.fresh();
  const run = fixtureRun();
  await ledger.putRun(run);
  await ledger.putLink(run.linkHash!, run.runId, '2026-11-30T20:00:00.000Z');
  for (const each of proposals) await ledger.putProposal(each);
  return ledger;
}

const send = (ledger: Ledger, event: ReturnType<typeof pageEvent>, nowMs = MORNING_MS) =>
  decideRequest(event, { ledger, log, readNightPage: nightPages(), timeZone: 'UTC' }, nowMs);
const openPage = (ledger: Ledger, nowMs = MORNING_MS) => send(ledger, pageEvent({ path: `/runs/${LINK_ID}` }), nowMs);
const form = (nonce: string, decision: 'approved' | 'rejected', name: string) =>
  formEvent(LINK_ID, [['nonce', nonce], ...choice(decision, names, name)]);

describe('races', () => {
  it('between two approvers leave each change decided once, and the two answers add up', async () => {
    const ledger = await preparedLedger();
    const nonce = nonceOf(await openPage(ledger))!;
    const answers = await Promise.all([
      send(ledger, form(nonce, 'approved', 'Ana')),
      send(ledger, form(nonce, 'rejected', 'Ben')),
    ]);
    const decided = await ledger.listProposals(RUN_ID);
    expect(decided.map((each) => each.status === each.decision?.decision)).toEqual(names.map(() => true));
    const byName = (name: string) => decided.filter((each) => each.decision?.by.name === name).length;
    expect(byName('Ana') + byName('Ben')).toBe(names.length);
    expect(answers.map((each) => each.statusCode)).toEqual(
      [byName('Ana'), byName('Ben')].map((won) => (won > 0 ? 303 : 409)),
    );
  });

  it('between the same form sent five times at once decide each change once', async () => {
    const ledger = await preparedLedger();
    const event = form(nonceOf(await openPage(ledger))!, 'approved', 'Ana');
    const answers = await Promise.all(Array.from({ length: 5 }, (_, late) => send(ledger, event, MORNING_MS + late)));
    expect(answers.some((each) => each.statusCode === 303)).toBe(true);
    const decided = await ledger.listProposals(RUN_ID);
    expect(new Set(decided.map((each) => each.status))).toEqual(new Set(['approved']));
  });

  it('with the expiry approve nothing from the moment on, even before the run marks it', async () => {
    const ledger = await preparedLedger();
    const lastMs = Date.parse(EXPIRES_AT) - 1;
    const nonce = nonceOf(await openPage(ledger, lastMs))!;
    const [first, ...others] = names;
    const early = formEvent(LINK_ID, [['nonce', nonce], ...choice('approved', [first!])]);
    const late = formEvent(LINK_ID, [['nonce', nonce], ...choice('approved', others)]);
    expect((await send(ledger, early, lastMs)).statusCode).toBe(303);
    expect((await send(ledger, late, lastMs + 1)).statusCode).toBe(409);
    const statuses = (await ledger.listProposals(RUN_ID)).map((each) => each.status);
    expect(statuses.filter((each) => each === 'approved')).toHaveLength(1);
  });

  it('with the run’s own marking as expired lose', async () => {
    const ledger = await preparedLedger();
    const nonce = nonceOf(await openPage(ledger))!;
    for (const each of names) await ledger.expire(RUN_ID, each);
    expect((await send(ledger, form(nonce, 'approved', 'Ana'))).statusCode).toBe(409);
    expect((await ledger.listProposals(RUN_ID)).every((each) => each.status === 'expired' && !each.decision)).toBe(
      true,
    );
  });

  it('with the task token do not matter: a decision before the token stands', async () => {
    const ledger = await preparedLedger();
    const nonce = nonceOf(await openPage(ledger))!;
    await send(ledger, form(nonce, 'approved', 'Ana'));
    await ledger.putTaskToken({
      runId: RUN_ID,
      functionName: names[0]!,
      taskToken: 'late-token',
      storedAt: EXPIRES_AT,
    });
    expect(await ledger.getProposal(RUN_ID, names[0]!)).toMatchObject({ status: 'approved' });
    expect(bodyOf(await openPage(ledger))).not.toContain('late-token');
  });
});
