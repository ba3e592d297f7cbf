import { EXCLUSION_REASONS } from '../../../../../../shared/contracts/manifest.ts';
import { outcomesOf } from '../../../../../../shared/contracts/night-report.ts';
import { CHANGED_KINDS } from '../../../../../../shared/contracts/outcome.ts';
import { predictionOf } from '../../../../../../shared/domain/night/report-page/prediction.ts';
import { renderReportPage } from '../../../../../../shared/domain/night/report-page/report-page.ts';
import { assessedOutcome, assessment, change, functionArn } from '../../../../../support/builders.ts';
import { candidate } from '../../../../../support/candidates.ts';
import { changedOutcome, largeNight, nightReport } from '../../../../../support/night-report.ts';

const render = (overrides: Parameters<typeof nightReport>[0] = {}) =>
  renderReportPage({ report: nightReport(overrides), otherNights: [] });

describe('the report page', () => {
  it('says first what is proven, and has a section for each question', () => {
    const page = render();
    expect(page).toContain('$9.00 a month saved, proven in production.');
    const headings = [...page.matchAll(/<h2 id="(\w+)">/g)].map(([, id]) => id);
    expect(headings).toEqual(['proven', 'since', 'changes', 'waits', 'account', 'skipped', 'evidence']);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    for (const [, id] of page.matchAll(/href="#(\w+)"/g)) expect(headings).toContain(id);
  });

  it('needs nothing but itself: no script, no address to fetch from', () => {
    const page = render();
    expect(page).not.toMatch(/<script|https?:\/\/|@import|url\(/);
    expect(page).toContain("default-src 'none'");
  });

  it('gives every chart words, or hides it where a list beside it says the same', () => {
    const charts = render().match(/<svg[^>]*>/g)!;
    expect(charts.length).toBeGreaterThanOrEqual(5);
    for (const chart of charts) expect(chart).toMatch(/role="img" aria-label="[^"]{20,}"|aria-hidden="true"/);
  });

  it('shows names and reasons as text, whatever they hold', () => {
    const hostile = '"><script>alert(1)</script>';
    const page = render({
      changed: [changedOutcome({ functionName: hostile, reason: hostile, decidedBy: hostile })],
      excluded: [{ functionName: hostile, functionArn: functionArn(), reason: 'OptedOut', message: hostile }],
      unavailableSources: [{ source: hostile, reason: hostile }],
    });
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)');
  });

  it('cuts words that would push everything else off the page', () => {
    const endless = 'x'.repeat(1e5);
    const page = render({
      changed: Array.from({ length: 300 }, () => changedOutcome({ reason: endless, decidedBy: endless })),
      unavailableSources: [{ source: 'Tags', reason: endless }],
    });
    expect(page.length).toBeLessThan(1e6);
  });

  it('leaves out what an older deployment’s report does not hold', () => {
    const bare = nightReport({ settled: [], changed: [] });
    for (const field of ['assessed', 'excluded', 'memoryEvidence'] as const) delete bare[field];
    const page = renderReportPage({ report: bare, otherNights: [] });
    expect(page).toContain('Nothing is proven yet.');
    expect(page).not.toMatch(/undefined|NaN|This night cost|Memory use from/);
  });

  it('shows what the night cost where the report tells', () => {
    const operatingCost = {
      usdPerNight: 0.41,
      largestLinesUsd: { metricsRead: 0.3, readUnits: 0.0004 },
      pricesAsOf: '2026-11',
    };
    expect(render({ operatingCost })).toMatch(
      /This night cost.*\$0\.41.*metrics read: \$0\.30<\/li><li>everything else: \$0\.11/,
    );
  });

  it('tells history up to its own night only', () => {
    const [before, after] = ['2026-11-22', '2026-11-24'].map((runDate) => outcomesOf(nightReport({ runDate })));
    const page = renderReportPage({ report: nightReport(), otherNights: [after!, before!] });
    expect(page).toContain('scheduled-2026-11-22');
    expect(page).not.toContain('scheduled-2026-11-24');
  });

  it('has words for every way a change ends and every reason to leave a function alone', () => {
    const page = render({
      changed: CHANGED_KINDS.map((kind) => changedOutcome({ kind, functionName: kind })),
      excluded: EXCLUSION_REASONS.map((reason) => ({
        ...{ functionName: 'f', functionArn: functionArn(), message: 'because' },
        reason,
      })),
    });
    expect(page).not.toMatch(/>(undefined|RollbackRefused<\/span>|OptedOut)</);
    expect(page).toContain('worse, not ours to undo');
  });

  it('says how often production ran within the predicted interval, where predictions are known', () => {
    const candidates = [candidate(512, { meanDurationMs: 100 })];
    const at = '2026-11-23T14:00:00.000Z';
    const verifiedAt = (meanDurationMsAfter: number) =>
      change({
        status: 'Verified',
        assessment: assessment({ candidates }),
        verifications: [
          { at, verdict: 'better', reason: '', invocationsBefore: 9, invocationsAfter: 9, meanDurationMsAfter },
        ],
      });
    const changes = [verifiedAt(105), verifiedAt(150), change({ status: 'Watching' })];
    const predictions = changes.flatMap((each) => predictionOf(each) ?? []);
    const page = renderReportPage({ report: nightReport(), otherNights: [], predictions });
    expect(page).toMatch(/<strong>1 of 2 changes<\/strong> ran within the interval/);
    expect(page).toContain('on average they turned out 28% longer');
    expect(render()).not.toContain('Error of the durations');
  });

  it('predicts nothing of a change of the timeout alone', () => {
    const { before } = change();
    expect(predictionOf(change({ status: 'Verified', after: before }))).toBeUndefined();
  });

  it('names what is wasted most, and says what waits for a decision', () => {
    const page = renderReportPage({
      report: nightReport(),
      otherNights: [],
      openProposals: [{ functionName: 'slow-one', estimatedSavingsUsdPerMonth: 3 }],
    });
    expect(page).toMatch(/1 function<\/strong> waits for a decision, \$3\.00 a month/);
    expect(page).toMatch(/Where the most is wasted[\s\S]*orders-api/);
  });

  it('tells what was worth asking and left for another night', () => {
    // A kind of a later release than this contract.
    const leftOut = { ...assessedOutcome({ functionName: 'another-night' }), kind: 'LeftOut' as never };
    const page = render({ assessed: [leftOut] });
    expect(page).toMatch(/<strong>1 function<\/strong> waits for attention/);
    expect(page).toContain('<strong>1</strong> worth asking, left for another night');
  });

  it('stays under 2 MB for 1,000 functions, each with a mark of its own', () => {
    const page = render(largeNight(1_000));
    expect(page.length).toBeLessThan(2e6);
    expect(page.match(/of it too much<\/title>/g)).toHaveLength(1_000);
  });

  it('draws 10,000 functions together by place, and says what a table leaves out', () => {
    const page = render(largeNight(10_000));
    expect(page.length).toBeLessThan(2e6);
    expect(page).toMatch(/<title>\d+ functions<\/title>/);
    expect(page).toContain('And 300 changes more');
  });
});
