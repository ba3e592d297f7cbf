import fc from 'fast-check';
import type { PlannedScan } from '../../../../../../shared/domain/night/reports/scan-plan.ts';
import { LOG_GROUPS_PER_QUERY, ScanQueue } from '../../../../../../shared/domain/night/reports/scan-queue.ts';

const scan = (functionName: string, changes: Partial<PlannedScan> = {}): PlannedScan => ({
  functionName,
  logGroupName: `/aws/lambda/${functionName}`,
  logFormat: 'Text',
  logGroupClass: 'STANDARD',
  startMs: 0,
  estimatedBytes: 100,
  ...changes,
});
const namesOf = (batch: { scans: readonly PlannedScan[] } | undefined) => batch?.scans.map((each) => each.functionName);

describe('ScanQueue', () => {
  it('puts up to fifty groups into a query, formats and classes apart, in their order', () => {
    const texts = Array.from({ length: 60 }, (_, index) => scan(`t${index}`));
    const json = scan('j', { logFormat: 'JSON' });
    const rare = scan('r', { logGroupClass: 'INFREQUENT_ACCESS' });
    const queue = new ScanQueue([json, texts[0]!, rare, ...texts.slice(1)], 1e9);
    const taken = [queue.take(), queue.take(), queue.take(), queue.take(), queue.take()].map(namesOf);
    expect(taken.map((names) => names?.length)).toEqual([1, LOG_GROUPS_PER_QUERY, 1, 10, undefined]);
    expect([taken[0], taken[2]]).toEqual([['j'], ['r']]);
    expect(taken[1]!.slice(0, 2)).toEqual(['t0', 't1']);
  });

  it('gives a query log groups of one stretch of time only', () => {
    const queue = new ScanQueue([scan('a'), scan('b', { startMs: 7 }), scan('c'), scan('d', { startMs: 7 })], 1e9);
    const batches = [queue.take(), queue.take()];
    expect(batches.map(namesOf)).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    expect(batches.map((batch) => batch!.startMs)).toEqual([0, 7]);
  });

  it('passes over a group that does not fit for smaller ones', () => {
    const queue = new ScanQueue([scan('huge', { estimatedBytes: 5_000 }), scan('a'), scan('b')], 150);
    expect(namesOf(queue.take())).toEqual(['a']);
    expect(queue.take()).toBeUndefined();
    expect(queue.leftOver.map((each) => each.functionName)).toEqual(['huge', 'b']);
  });

  it('gives what did not fit another chance when queries scan less than was estimated', () => {
    const queue = new ScanQueue([scan('a'), scan('b')], 150);
    const first = queue.take()!;
    expect(queue.take()).toBeUndefined();
    expect(queue.mayHaveMore).toBe(true);
    queue.settle(first, 20);
    expect(namesOf(queue.take())).toEqual(['b']);
  });

  it('expects the rest to scan more, too, when a query scanned more than was estimated', () => {
    const queue = new ScanQueue([scan('a', { logFormat: 'JSON' }), scan('b')], 500);
    queue.settle(queue.take()!, 300);
    expect(queue.take()).toBeUndefined();
    expect(queue.mayHaveMore).toBe(false);
  });

  it('has no more under way than twice the share, however little queries have scanned', () => {
    const large = Array.from({ length: 4 }, (_, index) => scan(`large${index}`, { estimatedBytes: 1_500 }));
    const queue = new ScanQueue([scan('a', { logFormat: 'JSON' }), ...large], 2_000);
    queue.settle(queue.take()!, 1);
    expect(namesOf(queue.take())).toEqual(['large0']);
    expect(queue.take()).toBeUndefined();
  });

  it('lets a day that logged more than usual say nothing of a fortnight', () => {
    const whole = Array.from({ length: 10 }, (_, index) => scan(`new${index}`, { estimatedBytes: 90 }));
    const queue = new ScanQueue([scan('loud', { startMs: 7, estimatedBytes: 1 }), ...whole], 1_000);
    queue.settle(queue.take()!, 14);
    let read = 0;
    for (let batch = queue.take(); batch !== undefined; batch = queue.take()) {
      read += batch.scans.length;
      queue.settle(batch, batch.estimatedBytes);
    }
    expect(read).toBe(10);
  });

  it('has a fifth of the budget under way at once, by what estimates have turned out to be worth', () => {
    const scans = Array.from({ length: 10 }, (_, index) => scan(`f${index}`));
    const queue = new ScanQueue(scans, 1_000);
    const first = queue.take()!;
    expect(first.scans).toHaveLength(2);
    expect(queue.take()).toBeUndefined();
    expect(queue.mayHaveMore).toBe(true);
    queue.settle(first, 500);
    expect(queue.take()?.scans).toHaveLength(1);
    expect(queue.take()).toBeUndefined();
  });

  it('lets the most valuable scan go alone when it is large, once it is known what estimates are worth', () => {
    const small = Array.from({ length: 8 }, (_, index) => scan(`f${index}`));
    const queue = new ScanQueue([scan('large', { estimatedBytes: 600 }), ...small], 1_000);
    const first = queue.take()!;
    expect(namesOf(first)).toEqual(['f0', 'f1']);
    queue.settle(first, 200);
    const second = queue.take()!;
    expect(namesOf(second)).toEqual(['large']);
    expect(queue.take()).toBeUndefined();
    queue.settle(second, 600);
    expect(namesOf(queue.take())).toEqual(['f2', 'f3']);
  });

  it('takes back the budget of a query that never ran', () => {
    const queue = new ScanQueue([scan('a', { logFormat: 'JSON' }), scan('b')], 100);
    queue.settle(queue.take()!, undefined);
    expect(namesOf(queue.take())).toEqual(['b']);
  });

  it('never scans beyond the budget while estimates hold, and never loses a scan', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { maxLength: 200 }), fc.nat(50_000), (sizes, budgetBytes) => {
        const queue = new ScanQueue(
          sizes.map((estimatedBytes, index) => scan(`f${index}`, { estimatedBytes })),
          budgetBytes,
        );
        let taken = 0;
        for (let batch = queue.take(); batch !== undefined; batch = queue.take()) {
          taken += batch.scans.length;
          queue.settle(batch, batch.estimatedBytes);
        }
        expect(queue.scannedBytes).toBeLessThanOrEqual(budgetBytes);
        expect(taken + queue.leftOver.length).toBe(sizes.length);
      }),
    );
  });
});
