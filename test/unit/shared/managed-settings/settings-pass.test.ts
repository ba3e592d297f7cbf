import '../../../support/quiet.ts';
import { forgetfulSettingRecords } from '../../../../shared/clients/settings-ledger/setting-records.ts';
import { useClock } from '../../../../shared/clock.ts';
import type { SettingValue } from '../../../../shared/domain/configuration/scaling/managed-setting.ts';
import { TransientError } from '../../../../shared/errors.ts';
import { applySettings } from '../../../../shared/managed-settings/apply-settings.ts';
import { ownerOf, RecordsByOwner } from '../../../../shared/managed-settings/setting-subjects.ts';
import {
  type PassAnswer,
  type PassRound,
  runPass,
  type SettingsPass,
  WHOLE_PASS,
} from '../../../../shared/managed-settings/settings-pass.ts';
import { ENDLESS, type RoundTime } from '../../../../shared/round-time.ts';
import { upWhen } from '../../../support/round-time.ts';

/** Functions with two settings each, of which nothing stands yet; every setting costs one of the budget. */
const live = new Map<string, SettingValue>();
let writes = 0;
let breaksAt: number | undefined;
let records = forgetfulSettingRecords();
let restoreClock: () => void;

beforeEach(() => {
  live.clear();
  [writes, breaksAt] = [0, undefined];
  records = forgetfulSettingRecords();
  restoreClock = useClock({ now: () => 0, sleep: async () => undefined });
});
afterEach(() => restoreClock());

const accesses = (key: string) => ({
  read: async () => live.get(key),
  write: async (value: SettingValue) => {
    writes += 1;
    if (writes === breaksAt) throw new TransientError('Rate exceeded');
    live.set(key, value);
    return { written: true } as const;
  },
  remove: async () => ({ written: live.delete(key) }) as { written: true },
});

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${String(index).padStart(5, '0')}`);

function pass(functions: readonly string[], time: RoundTime, budget = 1e9): SettingsPass<{ at: string }> {
  return {
    subjects: functions.map((name) => ({ at: name })),
    ...{ batch: { size: 10, readMs: 0 }, budget },
    begin:
      async (_, report) =>
      async ({ at }, shared) => {
        const resource = `function/${at}`;
        if (shared.left < 2) {
          report.explain('skipped', resource, 'the budget is used up');
          return true;
        }
        shared.left -= 2;
        const wanted = ['a', 'b'].map((setting) => ({
          ...{ key: `${resource}/${setting}`, resource, value: { on: true }, basis: '', reason: 'wanted' },
        }));
        const known = new Map();
        return applySettings({ wanted, skipped: [], known, records, accesses, dryRun: false }, report, time);
      },
  };
}

/** Rounds of so many writes each, to the end. */
async function inRounds(functions: readonly string[], writesPerRound: number, budget?: number): Promise<PassAnswer[]> {
  const rounds: PassAnswer[] = [];
  do {
    const until = writes + writesPerRound;
    const time = upWhen(() => writes >= until);
    const soFar = rounds.at(-1);
    const round: PassRound = { time, ...(soFar && { soFar }) };
    rounds.push(await runPass(pass(functions, time, budget), round));
  } while (rounds.at(-1)!.continuation.next === 'goOn');
  return rounds;
}

it.each([1, 2, 3, 7, 20, 1_000])('does in rounds of %d writes what one does, each setting once', async (perRound) => {
  const rounds = await inRounds(names(25), perRound);
  const last = rounds.at(-1)!;
  expect(last.counts).toEqual({ created: 50, updated: 0, unchanged: 0, removed: 0, skipped: 0, failed: 0 });
  expect(last.continuation).toMatchObject({ next: 'done', remaining: 0, rounds: rounds.length });
  expect([writes, live.size]).toEqual([50, 50]);
  expect(rounds.flatMap(({ whole }) => whole.created)).toHaveLength(50);
});

it('hands what all of them share from round to round', async () => {
  const last = (await inRounds(names(10), 3, 9)).at(-1)!;
  expect(last.counts).toMatchObject({ created: 8, skipped: 6 });
});

it('goes on after AWS broke a round off, and counts nothing twice', async () => {
  breaksAt = 14;
  const rounds = await inRounds(names(25), 1_000);
  expect(rounds.map(({ counts }) => counts.created)).toEqual([13, 50]);
  expect(rounds.at(-1)!.counts).toMatchObject({ unchanged: 0, created: 50 });
});

it('is tried again as a whole where AWS broke it off before it got anywhere', async () => {
  breaksAt = 1;
  await expect(runPass(pass(names(3), ENDLESS), { time: ENDLESS })).rejects.toThrow('Rate exceeded');
});

it('fails for who has no rounds, who would take a part for the whole', async () => {
  breaksAt = 14;
  await expect(runPass(pass(names(25), ENDLESS), WHOLE_PASS)).rejects.toThrow('Rate exceeded');
});

it('passes on what is no trouble of AWS’s', async () => {
  const broken = pass(names(30), ENDLESS);
  const begin = broken.begin;
  const failing = {
    ...broken,
    begin: async (...given: Parameters<typeof begin>) => {
      if (given[0][0]!.at > 'f00009') throw new RangeError('a bug');
      return begin(...given);
    },
  };
  await expect(runPass(failing, { time: ENDLESS })).rejects.toThrow('a bug');
});

it('is stuck where a round has time for nothing', async () => {
  const time = upWhen(() => true);
  const { continuation } = await runPass(pass(names(3), time), { time });
  expect(continuation).toMatchObject({ next: 'stuck', remaining: 3 });
  expect(continuation.said).toContain('3 remain');
});

it('goes on with functions that came after the round before, and forgets those that went', async () => {
  const time = upWhen(() => writes >= 8);
  const soFar = await runPass(pass(names(10), time), { time });
  const last = await runPass(pass([...names(6), 'f00000x', 'f00008x'], ENDLESS), { time: ENDLESS, soFar });
  expect(last.counts.created).toBe(8 + 6);
});

it.each([10, 1_000, 10_000])(
  'answers less than a state takes with %d functions, and says what is missing',
  async (count) => {
    const answer = await runPass(pass(names(count), ENDLESS), { time: ENDLESS });
    const { whole, ...said } = answer;
    expect(Buffer.byteLength(JSON.stringify(said))).toBeLessThan(180_000);
    expect(said.created.length + (said.unlisted['created'] ?? 0)).toBe(2 * count);
    expect(whole.created).toHaveLength(2 * count);
  },
);

it('knows whose every setting is', () => {
  expect(['function/a', 'function:a:live', 'table/t', 'table/t/index/i'].map(ownerOf)).toEqual([
    'function/a',
    'function/a',
    'table/t',
    'table/t',
  ]);
  const record = (resource: string, undoneAt?: string) => ({
    ...{ key: `${resource}/x`, resource, before: null, written: {}, basis: '', at: '' },
    ...(undoneAt && { undoneAt }),
  });
  const all = [record('function:a:live'), record('function/b'), record('table/t', 'then'), record('function/c')];
  const byOwner = new RecordsByOwner(new Map(all.map((each) => [each.key, each])));
  expect(byOwner.leftOver(new Set(['function/c']))).toEqual(['function/a', 'function/b']);
  expect([...byOwner.of('function/a').keys()]).toEqual(['function:a:live/x']);
  expect(byOwner.of('function/none').size).toBe(0);
});
