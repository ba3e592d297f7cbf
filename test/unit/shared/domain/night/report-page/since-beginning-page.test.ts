import { parseNightRecord, recordOf } from '../../../../../../shared/contracts/night-record.ts';
import { outcomesOf } from '../../../../../../shared/contracts/night-report.ts';
import { monthsOf } from '../../../../../../shared/domain/night/report-page/months.ts';
import { proveNights } from '../../../../../../shared/domain/night/report-page/proof.ts';
import { renderReportPage } from '../../../../../../shared/domain/night/report-page/report-page.ts';
import { renderSinceBeginningPage } from '../../../../../../shared/domain/night/report-page/since-beginning-page.ts';
import { assessedOutcome } from '../../../../../support/builders.ts';
import { changedOutcome, largeNight, nightReport } from '../../../../../support/night-report.ts';

const MONTHS_DAYS = 365.25 / 12;

function night(runDate: string, realizedSavingsUsdPerMonth: number, name = runDate) {
  const runId = `scheduled-${runDate}`;
  return nightReport({ runDate, changed: [changedOutcome({ functionName: name, runId, realizedSavingsUsdPerMonth })] });
}

describe('the page since the beginning', () => {
  it('says what was saved, rolled back, asked of people and promised too much', () => {
    const page = renderSinceBeginningPage({
      report: night('2026-12-02', 9),
      otherNights: [outcomesOf(night('2026-11-02', 30))],
    });
    expect(page).toMatch(/<h1>\$29\.57 saved so far/);
    for (const words of ['Rolled back', 'People’s attention', 'Error of the estimates']) expect(page).toContain(words);
    const headings = [...page.matchAll(/<h2 id="(\w+)">/g)].map(([, id]) => id);
    expect(headings).toEqual(['since', 'proven', 'months', 'largest']);
    expect(page).not.toMatch(/<script|https?:\/\/|undefined|NaN/);
  });

  it('says so where nothing is proven, and names what cost more than before', () => {
    expect(renderSinceBeginningPage({ report: nightReport({ changed: [] }), otherNights: [] })).toContain(
      'Nothing is proven yet.',
    );
    const worse = renderSinceBeginningPage({ report: night('2026-11-02', -3, 'dear-one'), otherNights: [] });
    expect(worse).toMatch(/Cost more than before[\s\S]*dear-one/);
  });

  it('tells all changes of a function together', () => {
    const steps = [night('2026-11-02', 30, 'stepwise'), night('2026-11-03', 12, 'stepwise')];
    const page = renderSinceBeginningPage({ report: steps[1]!, otherNights: [outcomesOf(steps[0]!)] });
    expect(page).toMatch(/stepwise<\/th><td class="num">\$42\.00/);
  });

  it('stays small over five years of a thousand functions', () => {
    const dates = Array.from({ length: 1_826 }, (_, day) => new Date(Date.UTC(2022, 0, 1 + day)).toISOString());
    const otherNights = dates.map((at) => outcomesOf(night(at.slice(0, 10), 1)));
    const page = renderSinceBeginningPage({ report: { ...largeNight(1_000), runDate: '2027-01-01' }, otherNights });
    expect(page.length).toBeLessThan(2e6);
  });
});

describe('months', () => {
  const nights = [night('2026-10-22', 30), night('2026-11-11', 10), night('2026-12-01', 0)].map(outcomesOf);
  const months = () => monthsOf(nights, proveNights(nights));

  it('divide what was saved, and lose nothing of it', () => {
    const [december, november, october] = months();
    expect(october!.savedUsd).toBeCloseTo((30 * 10) / MONTHS_DAYS, 6);
    expect(november!.savedUsd).toBeCloseTo((30 * 30 + 10 * 20) / MONTHS_DAYS, 6);
    expect(december!.savedUsd).toBe(0);
  });

  it('tell what stood proven at their ends, newest first', () => {
    expect(months().map(({ month, provenUsdPerMonth }) => [month, provenUsdPerMonth])).toEqual([
      ['2026-12', 40],
      ['2026-11', 40],
      ['2026-10', 30],
    ]);
  });
});

describe('accounts and regions', () => {
  const arnOf = (name: string) => `arn:aws:lambda:us-east-1:222222222222:function:${name}`;
  const there = { functionName: arnOf('pay'), functionArn: arnOf('pay') };

  it('are told by what happened in each, and which did not let us in', () => {
    const page = renderReportPage({
      report: nightReport({
        changed: [changedOutcome(), changedOutcome({ ...there, realizedSavingsUsdPerMonth: 4 })],
        assessed: [assessedOutcome(), assessedOutcome(there)],
        unavailableSources: [{ source: 'Functions of account 3 in us-east-1', reason: 'denied' }],
      }),
      otherNights: [],
    });
    const rows = /<h2 id="places">[\s\S]*?<\/section>/.exec(page)![0].match(/<tr><th scope="row">.*?<\/tr>/g)!;
    expect(
      rows.map((row) =>
        row
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      ),
    ).toEqual([
      'account 123456789012 in us-east-1 2 functions 1 change $12.00 $9.00',
      'account 222222222222 in us-east-1 1 function 1 change $12.00 $4.00',
      'account 3 in us-east-1 did not let us in; see sources away',
    ]);
  });

  it('are not spoken of in a night of one', () => {
    expect(renderReportPage({ report: nightReport(), otherNights: [] })).not.toContain('id="places"');
  });
});

describe('what stays of a night when its report expires', () => {
  it('has every figure, and no name of whoever decided nor anybody’s words', () => {
    const report = nightReport({
      changed: [changedOutcome({ decidedBy: 'Ada Lovelace', reason: 'asked by Grace' })],
      operatingCost: { usdPerNight: 0.41, largestLinesUsd: {}, pricesAsOf: '2026-11' },
    });
    const record = recordOf(report, []);
    expect(JSON.stringify(record)).not.toMatch(/Ada|Grace/);
    expect(parseNightRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
    const pageOf = (other: ReturnType<typeof outcomesOf>) =>
      renderSinceBeginningPage({ report: nightReport({ runDate: '2026-12-24' }), otherNights: [other] });
    expect(pageOf(record)).toBe(pageOf(outcomesOf(report)));
  });
});
