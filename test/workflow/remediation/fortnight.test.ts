import '../../support/quiet.ts';
import {
  type Fortnight,
  hiddenNeed,
  hungryExport,
  rareExport,
  runFortnight,
} from '../../../sandbox/demos/remediation/fortnight.ts';
import { synthesizeDemo } from '../../../sandbox/demos/remediation/stage.ts';

/** Two days back a night does not see the export that comes every fourth, so it has reason to lower again. */
const FORGETFUL = { policy: { lookbackDays: 2 } };
const DAY_MS = 86_400_000;
const by = ({ moves }: Fortnight, who: 'night' | 'remediation') => moves.filter((each) => each.by === who);

describe('fourteen days of a function that the night would lower and alarms raise', () => {
  let days: Fortnight;
  beforeAll(async () => {
    days = await runFortnight(synthesizeDemo({}, FORGETFUL), { seed: 1, days: 14, appetite: rareExport });
  }, 120_000);

  it('provokes both', () => {
    expect(by(days, 'night').some(({ fromMb, toMb }) => toMb < fromMb)).toBe(true);
    expect(by(days, 'remediation').some(({ fromMb, toMb }) => toMb > fromMb)).toBe(true);
  });

  it('never sees the night lower what remediation raised', () => {
    const [raised] = by(days, 'remediation');
    const after = by(days, 'night').filter(({ atMs }) => atMs > raised!.atMs && atMs < raised!.atMs + 14 * DAY_MS);
    expect(after).toEqual([]);
    expect(days.record?.coolDownUntil).toBe(
      new Date(Date.parse(days.record!.lastWritten!.at) + 14 * DAY_MS).toISOString(),
    );
  });

  it('ends every night and every remediation, leaves nothing open, and fails for minutes only', () => {
    expect(days.failed).toEqual([]);
    expect(days.record?.open).toBeUndefined();
    expect(days.errorMinutes).toBeLessThan(10);
  });
});

it('fails for minutes only when restoring the last of several cuts would not be enough', async () => {
  const days = await runFortnight(synthesizeDemo({}, FORGETFUL), { seed: 1, days: 14, appetite: hungryExport });
  expect(by(days, 'night').length).toBeGreaterThan(1);
  expect(by(days, 'remediation').at(-1)).toMatchObject({ toMb: 3_008 });
  expect(by(days, 'remediation')).toHaveLength(2);
  expect(days.errorMinutes).toBeLessThan(10);
  expect(days.failed).toEqual([]);
  expect(days.record?.open).toBeUndefined();
});

describe('a change of the night that goes wrong while the night still watches it', () => {
  let days: Fortnight;
  beforeAll(async () => {
    days = await runFortnight(synthesizeDemo({}, FORGETFUL), { seed: 1, days: 6, appetite: hiddenNeed });
  }, 120_000);

  it('is rolled back by the alarm within minutes, and ends in the ledger as rolled back', () => {
    const [lowered, restored] = days.moves;
    expect(lowered).toMatchObject({ by: 'night', fromMb: 3_008 });
    expect(restored).toMatchObject({ by: 'remediation', toMb: 3_008 });
    expect(restored!.atMs - lowered!.atMs).toBeLessThan(15 * 60_000);
    expect(days.changes.map(({ status }) => status)).toEqual(['RolledBack']);
  });

  it('is not tried again while the function rests', () => {
    expect(days.moves).toHaveLength(2);
    expect(days.record?.open).toBeUndefined();
    expect(days.record?.lastWritten?.memorySizeMb).toBe(3_008);
    expect(days.failed).toEqual([]);
  });
});
