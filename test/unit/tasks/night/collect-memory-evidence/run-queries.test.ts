import type { PlannedScan } from '../../../../../shared/domain/night/reports/scan-plan.ts';
import { TransientError } from '../../../../../shared/errors.ts';
import { QUERY_TIME_LIMIT_MS, runQueries } from '../../../../../tasks/night/collect-memory-evidence/run-queries.ts';
import { type FakeLogsBehaviour, fakeLogs, SteppedClock } from './fake-logs.ts';

const scan = (name: string, estimatedBytes = 100) => ({
  functionName: name,
  logGroupName: `/aws/lambda/${name}`,
  logFormat: 'Text' as const,
  logGroupClass: 'STANDARD',
  startMs: 0,
  estimatedBytes,
});
const scans = (count: number) => Array.from({ length: count }, (_, index) => scan(`f${index}`));
/** Full queries: 50 log groups each. */
const QUERY_SCANS = 50;
const row = (logGroupName: string) => ({
  logGroupName,
  memorySizeMb: 128,
  maxMemoryUsedMb: 90,
  reports: 5,
  coldStarts: 1,
});
const endMs = 1_000;
const QUERIES_AT_ONCE = 15;
const DEADLINE_MS = 11 * 60_000;

async function runWith(behaviour: FakeLogsBehaviour, work: PlannedScan[], budgetBytes = 1e9) {
  const clock = new SteppedClock();
  const fake = fakeLogs({ rows: (name) => [row(name)], ...behaviour });
  const results = await runQueries(work, {
    ...{ logs: fake.logs, clock, endMs, budgetBytes },
    queriesAtOnce: QUERIES_AT_ONCE,
    deadlineMs: DEADLINE_MS,
  });
  return { ...fake, results, clock };
}

describe('runQueries', () => {
  it('reads every group, fifty a query and a bounded number of queries at a time', async () => {
    const slow: FakeLogsBehaviour['progress'] = (_query, look) =>
      look < 8 ? { status: 'running', rows: [], scannedBytes: 0 } : undefined;
    const { results, mostRunning, queries } = await runWith({ progress: slow }, scans(40 * QUERY_SCANS));
    expect(results.rows.size).toBe(40 * QUERY_SCANS);
    expect(results.unread.size).toBe(0);
    expect(results.scannedBytes).toBe(40 * QUERY_SCANS * 100);
    expect(queries).toHaveLength(40);
    expect(mostRunning()).toBe(QUERIES_AT_ONCE);
  });

  it('does nothing, and takes no time, without groups', async () => {
    const { results, clock } = await runWith({}, []);
    expect(results.rows.size).toBe(0);
    expect(clock.now()).toBe(0);
  });

  it('starts no more queries than the budget covers once they scan more than was estimated', async () => {
    const greedy: FakeLogsBehaviour['progress'] = (query) => ({
      status: 'complete',
      rows: query.batch.scans.map((each) => row(each.logGroupName)),
      scannedBytes: query.batch.estimatedBytes * 3,
    });
    const { results } = await runWith({ progress: greedy }, scans(100 * QUERY_SCANS), 400_000);
    expect(results.scannedBytes).toBe(results.rows.size * 300);
    expect(results.scannedBytes).toBeLessThanOrEqual(400_000);
    expect(results.rows.size).toBeGreaterThan(1_000);
    expect(results.unread.size).toBe(100 * QUERY_SCANS - results.rows.size);
    expect([...results.unread.values()][0]).toContain('scan budget');
  });

  it('reads what seemed too much at first once queries scan less than was estimated', async () => {
    const frugal: FakeLogsBehaviour['progress'] = (query) => ({
      status: 'complete',
      rows: query.batch.scans.map((each) => row(each.logGroupName)),
      scannedBytes: query.batch.estimatedBytes / 26,
    });
    const { results } = await runWith({ progress: frugal }, scans(10 * QUERY_SCANS), 12_000);
    expect(results.rows.size).toBe(10 * QUERY_SCANS);
    expect(results.scannedBytes).toBeLessThanOrEqual(12_000);
  });

  it('stops a query that does not end in time and says so', async () => {
    const endless: FakeLogsBehaviour['progress'] = () => ({ status: 'running', rows: [], scannedBytes: 7 });
    const { results, queries, clock } = await runWith({ progress: endless }, scans(1));
    expect(queries[0]!.stopped).toBe(true);
    expect(results.unread.get('/aws/lambda/f0')).toContain('did not end in time');
    expect(results.scannedBytes).toBe(7);
    expect(clock.now()).toBeLessThan(QUERY_TIME_LIMIT_MS + 10_000);
  });

  it('ends in time however many queries never do', async () => {
    const endless: FakeLogsBehaviour['progress'] = () => ({ status: 'running', rows: [], scannedBytes: 0 });
    const { results, clock, queries } = await runWith({ progress: endless }, scans(100));
    expect(results.unread.size).toBe(100);
    expect(queries.every((query) => query.stopped)).toBe(true);
    expect(clock.now()).toBeLessThan(DEADLINE_MS + 10_000);
  });

  it('waits while too many queries run, and goes on then', async () => {
    const busy: FakeLogsBehaviour['start'] = (_batch, nth) =>
      nth < 3 ? { started: false, why: 'busy', reason: 'limit' } : undefined;
    const { results } = await runWith({ start: busy }, scans(1));
    expect(results.rows.size).toBe(1);
  });

  it('gives up when it is never its turn', async () => {
    const { results } = await runWith({ start: () => ({ started: false, why: 'busy', reason: 'limit' }) }, scans(1));
    expect(results.unread.get('/aws/lambda/f0')).toContain('before its query could start');
  });

  it('loses only the group that is gone, not the others of its query', async () => {
    const gone: FakeLogsBehaviour['start'] = (batch) =>
      batch.scans.some((each) => each.functionName === 'f2')
        ? { started: false, why: 'groupMissing', reason: 'f2 is gone' }
        : undefined;
    const { results } = await runWith({ start: gone }, scans(4));
    expect([...results.rows.keys()].sort()).toEqual(['/aws/lambda/f0', '/aws/lambda/f1', '/aws/lambda/f3']);
    expect([...results.unread]).toEqual([['/aws/lambda/f2', 'its query could not start: f2 is gone']]);
    expect(results.scannedBytes).toBe(300);
  });

  it('looks again after a throttled look', async () => {
    const throttled: FakeLogsBehaviour['progress'] = (_query, look) => {
      if (look < 2) throw new TransientError('throttled');
      return undefined;
    };
    const { results } = await runWith({ progress: throttled }, scans(1));
    expect(results.rows.size).toBe(1);
  });

  it('gives up a query that failed', async () => {
    const { results } = await runWith(
      { progress: () => ({ status: 'failed', rows: [row('/aws/lambda/f0')], scannedBytes: 3 }) },
      scans(1),
    );
    expect(results.rows.size).toBe(0);
    expect(results.unread.get('/aws/lambda/f0')).toContain('failed');
  });

  it('tries twice more to start a query after passing trouble', async () => {
    const hiccup: FakeLogsBehaviour['start'] = (_batch, nth) => {
      if (nth < 2) throw new TransientError('internal failure');
      return undefined;
    };
    const { results } = await runWith({ start: hiccup }, scans(1));
    expect(results.rows.size).toBe(1);
    expect(results.failure).toBeUndefined();
  });

  it('says of each group why the look at its query was refused', async () => {
    const refused: FakeLogsBehaviour['progress'] = (query) => {
      throw new Error(`denied ${query.batch.scans.length}`);
    };
    const { results } = await runWith({ progress: refused }, scans(QUERY_SCANS + 1));
    expect(results.unread.get('/aws/lambda/f0')).toBe('Logs Insights could not be asked: denied 50');
    expect(results.unread.get('/aws/lambda/f50')).toBe('Logs Insights could not be asked: denied 1');
    expect(results.failure).toContain('denied');
  });

  it('counts as away where every look fails in passing until the time is over', async () => {
    const broken: FakeLogsBehaviour['progress'] = () => {
      throw new TransientError('internal failure');
    };
    const { results } = await runWith({ progress: broken }, scans(1));
    expect(results.failure).toContain('internal failure');
    expect(results.unread.get('/aws/lambda/f0')).toContain('internal failure');
  });

  it('reads nothing more once Insights failed in any other way, and says why of every group', async () => {
    let starts = 0;
    const denied: FakeLogsBehaviour['start'] = () => {
      starts += 1;
      throw new Error('denied');
    };
    const { results } = await runWith({ start: denied }, scans(200));
    expect(starts).toBeLessThan(QUERIES_AT_ONCE + 1);
    expect(results.failure).toContain('denied');
    expect(results.unread.size).toBe(200);
    expect([...results.unread.values()].every((reason) => reason.includes('denied'))).toBe(true);
  });
});
