import fc from 'fast-check';
import { CostExplorerService } from '../../../../sandbox/account/cost-explorer/cost-explorer-service.ts';
import { createCostReport } from '../../../../shared/cost-report/index.ts';
import { categoryOf } from '../../../../shared/domain/cost-report/categories.ts';
import { composeCostReport } from '../../../../shared/domain/cost-report/compose-cost-report.ts';
import { configuredAccount } from '../../../support/configured-account.ts';

const before = { from: '2026-09-01', to: '2026-10-01', users: 1_000 };
const after = { from: '2026-10-01', to: '2026-11-01', users: 2_000 };
const change = (estimatedUsdPerMonth: number, realizedUsdPerMonth?: number) => ({
  functionName: 'orders',
  estimatedUsdPerMonth,
  realizedUsdPerMonth,
});

describe('the rows', () => {
  it.each([
    ['AWS Lambda', 'lambda'],
    ['Amazon Bedrock', 'aiMl'],
    ['Claude Haiku 4.5 (Amazon Bedrock Edition)', 'aiMl'],
    ['Amazon Simple Storage Service', 'storage'],
    ['Amazon DynamoDB', 'storage'],
    ['AmazonCloudWatch', 'monitoring'],
    ['AWS Step Functions', 'other'],
  ])('count %s as %s', (service, category) => {
    expect(categoryOf(service)).toBe(category);
  });

  it('are the brief’s, scaled to a month and told per 1,000 users', () => {
    const report = composeCostReport(
      {
        ...before,
        services: [
          { service: 'AWS Lambda', usd: 85 },
          { service: 'Amazon Bedrock', usd: 250 },
        ],
      },
      {
        ...after,
        services: [
          { service: 'AWS Lambda', usd: 20 },
          { service: 'Amazon Bedrock', usd: 30 },
        ],
      },
      [],
    );
    expect(report.rows.map(({ category }) => category)).toEqual([
      'lambda',
      'aiMl',
      'storage',
      'monitoring',
      'other',
      'total',
    ]);
    const total = report.rows.at(-1)!;
    expect(total.before).toBeCloseTo((335 * 30.4375) / 30);
    expect(total.after).toBeCloseTo((50 * 30.4375) / 31);
    expect(total.savedPercent).toBeCloseTo(85.6, 1);
    expect(total.afterPer1000Users).toBeCloseTo(total.after! / 2);
  });

  it('always add up, whatever is billed', () => {
    const services = fc.array(
      fc.record({
        service: fc.constantFrom('AWS Lambda', 'Amazon Bedrock', 'Amazon DynamoDB', 'AmazonCloudWatch', 'Amazon EC2'),
        usd: fc.double({ min: 0, max: 1e6, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(services, services, (was, is) => {
        const { rows } = composeCostReport({ ...before, services: was }, { ...after, services: is }, []);
        const total = rows.at(-1)!;
        for (const figure of ['before', 'after', 'saved'] as const) {
          const sum = rows.slice(0, -1).reduce((all, row) => all + row[figure]!, 0);
          expect(Math.abs(sum - total[figure]!)).toBeLessThan(1e-3);
        }
      }),
    );
  });

  it('rejects a period that ends before it began', () => {
    const services = [{ service: 'AWS Lambda', usd: 1 }];
    expect(() => composeCostReport({ ...before, to: '2026-08-01', services }, { ...after, services }, [])).toThrow(
      'got 2026-09-01 to 2026-08-01',
    );
  });
});

describe('the levers', () => {
  const services = (usd: number) => [{ service: 'AWS Lambda', usd }];
  const month = { from: '2026-09-01', to: '2026-10-01', users: undefined };

  it('call measured only what was verified, and leave the rest unexplained', () => {
    const { levers } = composeCostReport({ ...month, services: services(100) }, { ...month, services: services(60) }, [
      change(12, 10),
      change(8),
    ]);
    expect(levers.map(({ usdPerMonth, evidence }) => [Math.round(usdPerMonth * 10) / 10, evidence])).toEqual([
      [10, 'measured'],
      [8, 'estimated'],
      [30.6, 'unknown'],
    ]);
    expect(levers[0]!.sharePercent).toBeCloseTo(24.6, 1);
    expect(levers[1]!.sharePercent).toBeUndefined();
  });

  it('have no share of a bill that rose', () => {
    const { levers } = composeCostReport({ ...month, services: services(60) }, { ...month, services: services(100) }, [
      change(12, 10),
    ]);
    expect(levers.map(({ sharePercent }) => sharePercent)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a report', () => {
  const bill = (usd: number) => [{ service: 'AWS Lambda', usd }];
  /** Twelve periods as long as a month on average: nothing is scaled. */
  const month = (usd: number | undefined, users?: number) => ({
    ...{ from: '2025-12-01T00:00:00Z', to: '2025-12-31T10:30:00Z', users },
    services: usd === undefined ? undefined : bill(usd),
  });

  it('says what each row saved, in money, in percent and by users', () => {
    const { rows, source, before: was, after: is } = composeCostReport(month(100, 2_000), month(75, 500), []);
    expect(rows[0]).toEqual({
      ...{ category: 'lambda', before: 100, after: 75, saved: 25, savedPercent: 25 },
      ...{ beforePer1000Users: 50, afterPer1000Users: 150 },
    });
    expect(rows[1]).toEqual({
      ...{ category: 'aiMl', before: 0, after: 0, saved: 0, savedPercent: undefined },
      ...{ beforePer1000Users: 0, afterPer1000Users: 0 },
    });
    expect([source, was.to, is.from]).toEqual(['cost-explorer', '2025-12-31T10:30:00Z', '2025-12-01T00:00:00Z']);
  });

  it('tells nothing by users where there were none, or nobody counted them', () => {
    const [row] = composeCostReport(month(100, 0), month(75), []).rows;
    expect([row!.beforePer1000Users, row!.afterPer1000Users]).toEqual([undefined, undefined]);
  });

  it('is the ledger’s where either bill is not known: nothing is saved, and nothing explained', () => {
    for (const [was, is] of [
      [undefined, 10],
      [10, undefined],
    ]) {
      const { source, rows, levers } = composeCostReport(month(was), month(is), [change(12, 10)]);
      expect(source).toBe('ledger');
      expect(rows.at(-1)).toMatchObject({ saved: undefined, savedPercent: undefined });
      expect(levers).toEqual([
        {
          ...{ name: 'right-sizing, verified in production (1 changes)', usdPerMonth: 10 },
          ...{ sharePercent: undefined, evidence: 'measured' },
        },
        expect.objectContaining({ name: 'right-sizing, not verified yet (0 changes)', usdPerMonth: 0 }),
      ]);
    }
  });

  it('shares out what was saved', () => {
    const { levers } = composeCostReport(month(100), month(60), [change(12, 10), change(8), change(3)]);
    expect(levers.map(({ usdPerMonth, sharePercent }) => [usdPerMonth, sharePercent])).toEqual([
      [10, 25],
      [11, undefined],
      [30, 75],
    ]);
    expect(levers[2]!.name).toBe('everything else (traffic, prices, caching, other work), not told apart');
    const even = composeCostReport(month(100), month(100), [change(12, 10)]).levers;
    expect(even.map(({ sharePercent }) => sharePercent)).toEqual([undefined, undefined, undefined]);
  });

  it('says how it is to be read', () => {
    const notes = (usd: number | undefined, was?: number, is?: number) =>
      composeCostReport(month(usd, was), month(1, is), []).notes;
    const [scaled, unknown, users, last] = [
      'Bills are Cost Explorer’s unblended cost, scaled to a month of 30.4 days.',
      'Cost Explorer may not be read here, so bills are not known; only what the ledger has of right-sizing is shown.',
      'Users were not given for both periods, so nothing is told per 1,000 users.',
      'Estimates are never added to what was measured.',
    ];
    expect(notes(1, 5, 5)).toEqual([scaled, last]);
    expect(notes(undefined, 5, 5)).toEqual([unknown, last]);
    expect([notes(1, undefined, 5), notes(1, 5), notes(1)]).toEqual(new Array(3).fill([scaled, users, last]));
  });

  it('has no period without a day in it', () => {
    const none = { ...month(1), to: '2025-12-01T00:00:00Z' };
    expect(() => composeCostReport(none, month(1), [])).toThrow(
      new RangeError('a period must end after it began, got 2025-12-01T00:00:00Z to 2025-12-01T00:00:00Z'),
    );
  });
});

describe('reading the bill', () => {
  let scene: ReturnType<typeof configuredAccount>;
  beforeEach(() => {
    scene = configuredAccount();
    const services = {
      'Amazon Bedrock': 250,
      'Amazon DynamoDB': 6,
      'Amazon EC2': 1,
      AmazonCloudWatch: 4,
      'AWS Lambda': 85,
      'AWS X-Ray': 2,
    };
    scene.account.addService(new CostExplorerService({ '2026-09': services, '2026-10': { 'AWS Lambda': 20 } }));
  });
  afterEach(() => scene.dispose());

  it('adds up Cost Explorer’s pages', async () => {
    const report = await scene.run(() => createCostReport({ before, after }));
    expect(report.source).toBe('cost-explorer');
    expect(report.rows.at(-1)!.before).toBeCloseTo((348 * 30.4375) / 30);
    expect(scene.account.calls.get('CostExplorer.GetCostAndUsage')).toBe(3);
  });

  it('says what is not known where Cost Explorer may not be read', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    scene.account.faults.add({ service: 'CostExplorer', error: denied });
    const report = await scene.run(() => createCostReport({ before, after }));
    expect(report.source).toBe('ledger');
    expect(report.rows.at(-1)).toMatchObject({ before: undefined, after: undefined, saved: undefined });
    expect(report.notes[0]).toContain('may not be read');
    expect(scene.account.calls.get('CostExplorer.GetCostAndUsage')).toBe(1);
  });
});
