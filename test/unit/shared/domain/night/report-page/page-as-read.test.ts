import { outcomesOf } from '../../../../../../shared/contracts/night-report.ts';
import {
  andMore,
  axisMoney,
  capped,
  money,
  typographic,
} from '../../../../../../shared/domain/night/report-page/figures.ts';
import { renderReportPage } from '../../../../../../shared/domain/night/report-page/report-page.ts';
import { changedOutcome, nightReport } from '../../../../../support/night-report.ts';

/** What a reader sees of each section, charts left out, in one line each. */
function sections(page: string): Record<string, string> {
  const parts = page.replace(/<svg[\s\S]*?<\/svg>/g, '').split(/<h2 id="/);
  return Object.fromEntries(
    parts.slice(1).map((part) => {
      const text = part.slice(part.indexOf('>') + 1).replace(/<[^>]*>/g, ' ');
      return [part.slice(0, part.indexOf('"')), text.replace(/\s+/g, ' ').trim()];
    }),
  );
}

const page = () =>
  renderReportPage({
    report: nightReport({
      operatingCost: {
        usdPerNight: 0.41,
        largestLinesUsd: { metricsRead: 0.3, readUnits: 0.0004 },
        pricesAsOf: '2026-11',
      },
      unavailableSources: [
        { source: 'ComputeOptimizer of Payments (222222222222) in us-east-1', reason: 'denied', nightsAway: 3 },
        { source: 'PriceList', reason: 'slow' },
      ],
    }),
    otherNights: [
      outcomesOf(
        nightReport({
          ...{ runDate: '2026-11-22', counts: { ...nightReport().counts, verified: 0, rolledBack: 2 } },
          changed: [changedOutcome({ runId: 'scheduled-2026-11-22', kind: 'Watching' })],
        }),
      ),
    ],
    openProposals: [{ functionName: 'slow-one', estimatedSavingsUsdPerMonth: 3 }],
    predictions: [
      {
        ...{ predictedDurationMs: 100, predictedLowerMs: 90, predictedUpperMs: 110, realizedDurationMs: 105 },
        ...{ estimatedSavingsUsdPerMonth: 1, realizedSavingsUsdPerMonth: 1 },
      },
    ],
  });

describe('a night’s page reads', () => {
  const read = () => sections(page());

  it('of what is proven, night by night', () => {
    expect(read()['proven']).toContain(
      '23 Nov scheduled-2026-11-23 $9.00 $12.00 $12.00 1 0 22 Nov scheduled-2026-11-22 $0.00 $0.00 $12.00 0 2',
    );
    expect(read()['proven']).toContain(
      'Each verified change: estimated against measured one change as estimated; above it',
    );
  });

  it('of everything since the beginning', () => {
    expect(read()['since']).toBe(
      'Since the beginning 2 nights since 22 November 2026, as far as they are remembered. ' +
        'Saved $0.00 so far, by 1 verified change , each at the rate that production showed '.replace(' ,', ',') +
        'Spent $0.41 for the 1 night whose report tells, by AWS’s list prices ' +
        'Rolled back 0 of 1 change that production gave a verdict on ' +
        'People’s attention about 6 min for 2 decisions, assuming 2 minutes a night with one, and 1 minute each ' +
        'Error of the estimates −25% : $9.00 a month measured where $12.00 had been estimated. Half of them were off by less than 25% of their own estimate (1 change estimated at $0.10 a month or more) ' +
        'Error of the durations 1 of 1 change ran within the interval that was predicted to hold nine times out of ten. Half of the durations were off by less than 5%; on average they turned out 5% longer',
    );
  });

  it('of changes and what waits', () => {
    expect(read()['changes']).toContain(
      'orders-api decided by Ada verified memory 1,024 → 512 MB $12.00 $9.00 no more errors, mean duration −1.2 % over 4120 invocations',
    );
    expect(read()['waits']).toBe(
      'What waits 1 function waits for a decision, $3.00 a month by estimate somebody has to approve or reject slow-one',
    );
  });

  it('of the account, and what was left alone', () => {
    expect(read()['account']).toMatch(
      /^The account on a map 1 changed tonight 1 right as they are, or nearly 1 left alone 2 functions with enough evidence cost \$1\.08 a month at the start of the night; other sizes would save \$0\.48 of it by estimate\. 1 function had no evidence to be placed by\. One mark a function: .* orders-api \$0\.54 \$0\.24 44% changed tonight orders-worker \$0\.54 \$0\.24 44% kept$/,
    );
    expect(read()['skipped']).toMatch(/ 1 opted out by a tag edge: tagged rightsizer=off edge$/);
  });

  it('of evidence, what was away and what the night cost', () => {
    expect(read()['evidence']).toMatch(
      /^Evidence and cost of the night Memory use from Compute Optimizer: 2 functions Logs scanned 2\.0 of at most 20 GB Sources away Compute Optimizer of Payments \(222222222222\) in us-east-1 for 3 nights: denied AWS Price List : slow This night cost \$0\.41 by list prices of 2026-11; free tiers, alarms and dashboard left out metrics read: \$0\.30 everything else: \$0\.11 Run scheduled-2026-11-23\./,
    );
  });
});

describe('what waits', () => {
  const waits = (overrides: Parameters<typeof nightReport>[0]) =>
    sections(renderReportPage({ report: nightReport(overrides), otherNights: [] }))['waits'];

  it('is nothing where all is decided', () => {
    expect(waits({})).toBe(
      'What waits Nothing: all that was proposed is decided, and all that was changed has its verdict.',
    );
  });

  it('is told by what it waits for', () => {
    const changed = (['Watching', 'AwaitingDeployment', 'Expired'] as const).map((kind, at) =>
      changedOutcome({ kind, functionName: kind, estimatedSavingsUsdPerMonth: at + 1 }),
    );
    const settled = [changedOutcome({ kind: 'Watching', functionName: 'older', estimatedSavingsUsdPerMonth: 8 })];
    expect(waits({ settled, changed })).toBe(
      'What waits 2 functions wait for production, $9.00 a month by estimate changed, with too little traffic so far to judge; the next nights look again older Watching ' +
        '1 function waits for a deployment, $2.00 a month by estimate approved, and kept as code: the deployment that carries its patch makes the change, the night after proves it AwaitingDeployment ' +
        '1 function waits for the next night, $3.00 a month by estimate nobody answered in time; proposed again from fresh evidence Expired',
    );
  });

  it('names a hundred, and counts the rest', () => {
    const expired = (count: number) =>
      Array.from({ length: count }, (_, at) => changedOutcome({ kind: 'Expired', functionName: `f${at}` }));
    expect(waits({ changed: expired(102) })).toMatch(/ f99 and 2 more$/);
    expect(waits({ changed: expired(100) })).toMatch(/ f99$/);
  });
});

it('puts changes that went wrong first, and then the money', () => {
  const at = (kind: 'Verified' | 'RolledBack' | 'Rejected', functionName: string, usd: number | undefined) =>
    changedOutcome({ kind, functionName, realizedSavingsUsdPerMonth: usd });
  const changed = [
    at('Rejected', 'r', 99),
    at('Verified', 'small', 1),
    at('Verified', 'loss', -5),
    at('RolledBack', 'b', 0),
  ];
  const settled = [{ ...at('Verified', 'estimated', undefined), estimatedSavingsUsdPerMonth: 3 }];
  const { changes } = sections(renderReportPage({ report: nightReport({ settled, changed }), otherNights: [] }));
  expect(changes!.match(/\b(r|small|loss|b|estimated) decided/g)).toEqual(
    ['b', 'loss', 'estimated', 'small', 'r'].map((name) => `${name} decided`),
  );
});

describe('figures', () => {
  it('have real minus signs and arrows', () => {
    expect(typographic('memory 1 -> 2, -$3 and -4 of a-b')).toBe('memory 1 → 2, −$3 and −4 of a-b');
    expect([money(-3.1), axisMoney(0), axisMoney(1), axisMoney(1.5), axisMoney(0.1), axisMoney(-10)]).toEqual([
      ...['−$3.10', '$0', '$1', '$1.50', '$0.10', '−$10'],
    ]);
  });

  it('say what was cut off', () => {
    expect(capped('x'.repeat(400))).toBe('x'.repeat(400));
    expect(capped('x'.repeat(401))).toBe(`${'x'.repeat(400)}…`);
    expect(andMore(0, 'change').text).toBe('');
    expect(andMore(2, 'change').text).toContain('And 2 changes more');
  });
});
