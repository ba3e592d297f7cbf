import { outcomesOf } from '../../../../../../shared/contracts/night-report.ts';
import { balanceOf } from '../../../../../../shared/domain/night/report-page/balance.ts';
import { proveNights } from '../../../../../../shared/domain/night/report-page/proof.ts';
import { changedOutcome, nightReport } from '../../../../../support/night-report.ts';

const FIRST = 'scheduled-2026-11-01';
const SECOND = 'scheduled-2026-11-11';

/** A night's outcomes: what it proposed, and what it settled of the first. */
const night = (runDate: string, overrides: Parameters<typeof nightReport>[0]) =>
  outcomesOf(nightReport({ runDate, changed: [], ...overrides }));

describe('what nights have proven', () => {
  it('counts a change once, as it ended last, whichever report is read first', () => {
    const watched = changedOutcome({ runId: FIRST, kind: 'Watching', realizedSavingsUsdPerMonth: 1 });
    const nights = [
      night('2026-11-11', { settled: [changedOutcome({ runId: FIRST })] }),
      night('2026-11-01', { changed: [watched] }),
    ];
    expect(proveNights(nights).nights).toMatchObject([
      { runId: FIRST, provenUsdPerMonth: 0, unprovenUsdPerMonth: 12 },
      { runId: SECOND, provenUsdPerMonth: 9, estimatedUsdPerMonth: 12, unprovenUsdPerMonth: 0, verifiedCount: 1 },
    ]);
  });

  it('takes what was rolled back later out of every sum', () => {
    const nights = [
      night('2026-11-01', { changed: [changedOutcome({ runId: FIRST, kind: 'Watching' })] }),
      night('2026-11-11', { settled: [changedOutcome({ runId: FIRST, kind: 'RolledBack' })] }),
    ];
    expect(proveNights(nights).nights.at(-1)).toMatchObject({ provenUsdPerMonth: 0, unprovenUsdPerMonth: 0 });
  });
});

describe('the balance since the beginning', () => {
  const balance = (...nights: ReturnType<typeof night>[]) => balanceOf(nights, proveNights(nights));

  it('pays out verified changes from the night they were made, at the rate production showed', () => {
    const { savedUsd, provenUsdPerMonth } = balance(
      night('2026-11-01', { changed: [changedOutcome({ runId: FIRST, kind: 'Watching' })] }),
      night('2026-11-11', { settled: [changedOutcome({ runId: FIRST })] }),
    );
    expect(provenUsdPerMonth).toBe(9);
    expect(savedUsd).toBeCloseTo((9 * 10) / (365.25 / 12), 6);
  });

  it('says by how much estimates were off, without those too small for a share', () => {
    const outcomes = [
      changedOutcome({ functionName: 'a', estimatedSavingsUsdPerMonth: 10, realizedSavingsUsdPerMonth: 9 }),
      changedOutcome({ functionName: 'b', estimatedSavingsUsdPerMonth: 30, realizedSavingsUsdPerMonth: 33 }),
      changedOutcome({ functionName: 'c', estimatedSavingsUsdPerMonth: 0, realizedSavingsUsdPerMonth: -5 }),
    ];
    const { error } = balance(night('2026-11-01', { changed: outcomes }));
    expect(error).toMatchObject({ changes: 2, estimatedUsdPerMonth: 40, realizedUsdPerMonth: 42 });
    expect(error?.overall).toBeCloseTo(0.05, 9);
    expect(error?.medianAbsolute).toBeCloseTo(0.1, 9);
  });

  it('counts people’s attention by decisions and the nights that had one', () => {
    const silent = changedOutcome({ functionName: 'b', kind: 'Expired' });
    delete silent.decidedBy;
    const { decisionCount, attentionHours } = balance(night('2026-11-01', { changed: [changedOutcome(), silent] }));
    expect([decisionCount, attentionHours]).toEqual([1, 3 / 60]);
  });

  it('adds up what the nights cost only where a report tells', () => {
    expect(balance(night('2026-11-01', {})).nightsUsd).toBeUndefined();
    const operatingCost = { usdPerNight: 0.4, largestLinesUsd: {}, pricesAsOf: '2026-11' };
    expect(balance(night('2026-11-01', { operatingCost }), night('2026-11-02', {})).nightsUsd).toBe(0.4);
  });
});
