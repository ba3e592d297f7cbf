import type { Lane } from '../../../../../shared/domain/turns.ts';
import { createLedgerWorld, type LedgerWorld } from '../../../../support/ledger-table.ts';

const NOW_MS = Date.parse('2026-11-23T08:00:00Z');

let world: LedgerWorld;

beforeEach(async () => {
  world = await createLedgerWorld(NOW_MS);
});

afterEach(() => world.dispose());

describe('turns', () => {
  const LENGTH_MS = 250;
  const turn = (holder: string, nowMs = NOW_MS, lane: Lane = 'night') =>
    world.ledger.takeTurn({ holder, lane, lengthMs: LENGTH_MS, nowMs });
  const take = (...asked: Parameters<typeof turn>) => world.run(() => turn(...asked));
  const takeAtOnce = (holders: string[]) => world.run(() => Promise.all(holders.map((holder) => turn(holder))));

  it('come one after the other, the first at once', async () => {
    expect([await take('a'), await take('b'), await take('c')]).toEqual([
      NOW_MS,
      NOW_MS + LENGTH_MS,
      NOW_MS + 2 * LENGTH_MS,
    ]);
  });

  it('begin at once again after a rest, and save up nothing', async () => {
    await take('a');
    const later = NOW_MS + 3_600_000;
    expect([await take('b', later), await take('c', later)]).toEqual([later, later + LENGTH_MS]);
  });

  it('are the same for the same change, however often it asks', async () => {
    await take('a');
    const first = await take('b');
    expect([await take('b'), await take('b', first + 60_000)]).toEqual([first, first]);
    expect(await take('c')).toBe(first + LENGTH_MS);
  });

  it('are spaced anew for those who missed theirs and come back together', async () => {
    for (const holder of ['a', 'b', 'c']) await take(holder);
    const later = NOW_MS + 3_600_000;
    const again = [await take('a', later), await take('b', later), await take('c', later)];
    expect(again).toEqual([later, later + LENGTH_MS, later + 2 * LENGTH_MS]);
    expect(await take('b', later)).toBe(later + LENGTH_MS);
  });

  it('are one each for two hundred that ask at the same moment', async () => {
    const holders = Array.from({ length: 200 }, (_, at) => `change-${at}`);
    const turns = await takeAtOnce(holders);
    expect(turns.toSorted((a, b) => a - b)).toEqual(holders.map((_, at) => NOW_MS + at * LENGTH_MS));
  });

  it('are one for two tries of a change at the same moment, and the other passes unused', async () => {
    const [one, other] = await takeAtOnce(['a', 'a']);
    expect(one).toBe(other);
    expect(await take('b')).toBe(NOW_MS + 2 * LENGTH_MS);
  });

  it('of remediation never wait behind those of the night', async () => {
    for (let at = 0; at < 20; at += 1) await take(`change-${at}`);
    expect(await take('incident', NOW_MS, 'remediation')).toBe(NOW_MS);
  });

  it('cost a read and two writes each, whether twenty ask or two hundred', async () => {
    const { account } = world;
    const callsOf = async (holders: number) => {
      const before = new Map(account.calls);
      for (let at = 0; at < holders; at += 1) await take(`${holders}/${at}`);
      const made = (operation: string) => (account.calls.get(operation) ?? 0) - (before.get(operation) ?? 0);
      return ['DynamoDB.GetItem', 'DynamoDB.UpdateItem', 'DynamoDB.PutItem'].map((operation) => made(operation));
    };
    // The first after a rest finds the clock behind: one write refused, and what stands there read.
    await take('first');
    expect(await callsOf(20)).toEqual([20, 20, 20]);
    expect(await callsOf(200)).toEqual([200, 200, 200]);
  });
});
