import type { Look } from '../../../../../../shared/contracts/look.ts';
import { rareLook, withRareLook } from '../../../../../../shared/domain/night/looks/rare-look.ts';
import { rememberLooks } from '../../../../../../shared/domain/night/looks/remember-looks.ts';
import { assessedOutcome, assessment } from '../../../../../support/builders.ts';
import { assessmentItem, memoryEvidence, policy } from '../evidence/builders.ts';

const MODIFIED = '2026-01-01T00:00:00.000Z';
const tonight = { runDate: '2026-11-24', startedAt: '2026-11-24T02:00:00.000Z', policy: policy() };
const item = assessmentItem({ functionName: 'orders', lastModified: MODIFIED });
const look = (rare: Look['rare'], lastModified = MODIFIED): Look => ({ on: '2026-11-17', lastModified, rare });
const weekly = { everyDays: 7, runs: 3, nextRunOn: '2026-11-29' };
const outcome = (kind: 'Unavailable' | 'Proposable' | 'Optimized', changes: Parameters<typeof assessment>[0]) => ({
  ...assessedOutcome({ kind, functionName: 'orders' }),
  assessment: assessment({ functionName: 'orders', ...changes }),
});
const remembered = (assessed: ReturnType<typeof outcome>, former: Look | undefined = undefined) =>
  rememberLooks(tonight, { assessed: [assessed], excluded: [] }, [item], former ? { orders: former } : {})['orders'];

describe('what is remembered of a function that rests for days', () => {
  it('is that it does, whatever was found of it tonight, with the most memory that any night knew of', () => {
    const memory = { source: 'ReportLines', maxMemoryUsedMb: 300 };
    for (const kind of ['Unavailable', 'Proposable'] as const)
      expect(remembered(outcome(kind, { rhythm: weekly, memory }))).toMatchObject({ rare: { mostMemoryUsedMb: 300 } });
    const former = look({ mostMemoryUsedMb: 420 });
    expect(rareLook(outcome('Optimized', { rhythm: weekly, memory }), MODIFIED, former)).toEqual({
      mostMemoryUsedMb: 420,
    });
    const modifiedSince = '2026-11-20T00:00:00.000Z';
    expect(rareLook(outcome('Optimized', { rhythm: weekly, memory }), modifiedSince, former)).toEqual({
      mostMemoryUsedMb: 300,
    });
  });

  it('lets no night pass over what would be proposed', () => {
    expect(remembered(outcome('Proposable', { rhythm: weekly }))).not.toHaveProperty('usdPerMonth');
  });

  it('is that it may, of one that seems idle; and nothing of one that works on most days', () => {
    expect(remembered(outcome('Unavailable', { metrics: undefined }))).toMatchObject({ usdPerMonth: 0, rare: {} });
    expect(remembered(outcome('Optimized', {}))).not.toHaveProperty('rare');
  });
});

describe('an item of the assessment', () => {
  it('is marked, and knows no less memory than an earlier night did of the same configuration', () => {
    const used = memoryEvidence({ maxMemoryUsedMb: 200 });
    const marked = withRareLook({ ...item, memoryEvidence: used }, look({ mostMemoryUsedMb: 420 }));
    expect(marked).toMatchObject({ isRare: true, memoryEvidence: { maxMemoryUsedMb: 420 } });
    const since = withRareLook(
      { ...item, memoryEvidence: used },
      look({ mostMemoryUsedMb: 420 }, '2025-01-01T00:00:00Z'),
    );
    expect(since).toMatchObject({ isRare: true, memoryEvidence: { maxMemoryUsedMb: 200 } });
    const smaller = withRareLook({ ...item, memoryEvidence: used }, look({ mostMemoryUsedMb: 100 }));
    expect(smaller.memoryEvidence.maxMemoryUsedMb).toBe(200);
  });

  it('stays without memory evidence where tonight nothing was read', () => {
    const none = { ...item, memoryEvidence: { source: 'none' as const, reason: 'no REPORT lines in the look-back' } };
    expect(withRareLook(none, look({ mostMemoryUsedMb: 420 })).memoryEvidence).toEqual(none.memoryEvidence);
  });

  it('is as it was where nothing is remembered', () => {
    expect(withRareLook(item, undefined)).toBe(item);
    expect(withRareLook(item, { on: '2026-11-17', lastModified: MODIFIED, usdPerMonth: 1 })).toBe(item);
  });
});
