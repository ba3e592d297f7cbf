import {
  cluster,
  type MapFunction,
  mapAccount,
  wasteShareOf,
} from '../../../../../../shared/domain/night/report-page/account-map.ts';
import { fatesOf, leftAlone } from '../../../../../../shared/domain/night/report-page/left-alone.ts';
import { assessedOutcome, assessment, functionArn, savings } from '../../../../../support/builders.ts';
import { candidate } from '../../../../../support/candidates.ts';
import { changedOutcome, nightReport } from '../../../../../support/night-report.ts';

const costing = (functionName: string, costUsdPerMonthBefore: number, savingsUsdPerMonth: number) =>
  assessedOutcome({ functionName, savings: savings({ costUsdPerMonthBefore, savingsUsdPerMonth }) });

describe('the account by cost and waste', () => {
  it('has the largest waste first, within what a function costs, and what became of each', () => {
    const changed = [
      changedOutcome({ functionName: 'stands', kind: 'Unverified' }),
      changedOutcome({ functionName: 'rejected', kind: 'Rejected' }),
    ];
    const assessed = [costing('kept', 5, -1), costing('stands', 10, 4), costing('rejected', 3, 9)];
    expect(mapAccount(nightReport({ assessed, changed, excluded: [] }))).toEqual({
      functions: [
        { functionName: 'stands', kind: 'changed', costUsdPerMonth: 10, wasteUsdPerMonth: 4 },
        { functionName: 'rejected', kind: 'proposed', costUsdPerMonth: 3, wasteUsdPerMonth: 3 },
        { functionName: 'kept', kind: 'kept', costUsdPerMonth: 5, wasteUsdPerMonth: 0 },
      ],
      withoutPlace: 0,
    });
  });

  it('takes the model’s cost at the present size where there are no savings, and leaves out what has neither', () => {
    const { savings: _, ...right } = assessedOutcome({ functionName: 'right', kind: 'Optimized' });
    const judged = assessment({ candidates: [candidate(512), candidate(1024, { costUsdPerMillion: 8 })] });
    const metrics = { ...judged.metrics!, invocationsPerMonth: 500_000 };
    const placed = { ...right, assessment: { ...judged, metrics } };
    const unseen = { ...right, assessment: { ...judged, metrics, candidates: [] } };
    const { metrics: __, ...unmeasured } = judged;
    const map = mapAccount(
      nightReport({ assessed: [placed, unseen, { ...right, assessment: unmeasured }], changed: [] }),
    );
    expect(map.functions).toEqual([{ functionName: 'right', kind: 'kept', costUsdPerMonth: 4, wasteUsdPerMonth: 0 }]);
    // Two of those assessed, and one that was excluded.
    expect(map.withoutPlace).toBe(3);
  });

  it('puts functions of a cell together, kinds apart, at the mean of their places', () => {
    const fn = (kind: MapFunction['kind'], costUsdPerMonth: number, wasteUsdPerMonth: number): MapFunction => ({
      ...{ functionName: 'f', kind, costUsdPerMonth, wasteUsdPerMonth },
    });
    const clusters = cluster(
      [fn('kept', 1, 0.5), fn('kept', 100, 10), fn('changed', 1, 0), fn('kept', 0, 0)],
      (each) => (each.costUsdPerMonth === 0 ? 'free' : 'paid'),
    );
    expect(clusters).toEqual([
      { kind: 'kept', count: 2, costUsdPerMonth: expect.closeTo(10, 8), wasteShare: expect.closeTo(0.3, 8) },
      { kind: 'changed', count: 1, costUsdPerMonth: 1, wasteShare: 0 },
      { kind: 'kept', count: 1, costUsdPerMonth: expect.closeTo(1e-6, 12), wasteShare: 0 },
    ]);
    expect(wasteShareOf(fn('kept', 0, 0))).toBe(0);
  });
});

describe('what was left alone', () => {
  const excluded = (functionName: string, message: string) => ({
    ...{ functionName, functionArn: functionArn(functionName), reason: 'OptedOut' as const, message },
  });

  it('is told by reason, the most frequent first, with names in order and an example', () => {
    const assessed = [
      assessedOutcome({ functionName: 'thin', kind: 'Unavailable', reason: 'few calls' }),
      assessedOutcome({ functionName: 'broken', kind: 'Failed', reason: 'why' }),
      assessedOutcome({ functionName: 'claimed', kind: 'Excluded', exclusionReason: 'Claimed', reason: 'taken' }),
      assessedOutcome({ functionName: 'right', kind: 'Optimized' }),
    ];
    const report = nightReport({ assessed, excluded: [excluded('z', 'first'), excluded('a', 'second')] });
    expect(leftAlone(report)).toEqual([
      { reason: 'OptedOut', example: 'first', functionNames: ['a', 'z'] },
      { reason: 'TooLittleEvidence', example: 'few calls', functionNames: ['thin'] },
      { reason: 'Failed', example: 'why', functionNames: ['broken'] },
      { reason: 'Claimed', example: 'taken', functionNames: ['claimed'] },
    ]);
  });

  it('adds up, with everything else, to all functions there are', () => {
    const kinds = ['Unavailable', 'Failed', 'Optimized', 'LeftOut'] as const;
    const assessed = kinds.map((kind) => assessedOutcome({ functionName: kind, kind: kind as never }));
    const changed = ['Verified', 'Watching', 'Unverified', 'RollbackRefused', 'RolledBack'] as const;
    const counts = { ...nightReport().counts, discovered: 12, excluded: 2 };
    const fates = fatesOf(nightReport({ counts, assessed, changed: changed.map((kind) => changedOutcome({ kind })) }));
    expect(fates).toEqual([
      { name: 'changed', count: 4 },
      { name: 'proposed', count: 1 },
      { name: 'leftOut', count: 1 },
      { name: 'right', count: 2 },
      { name: 'unclear', count: 2 },
      { name: 'skipped', count: 2 },
    ]);
    const none = { ...counts, discovered: 0, excluded: 0 };
    expect(fatesOf(nightReport({ counts: none, assessed: [], changed: [] }))).toEqual([]);
  });
});
