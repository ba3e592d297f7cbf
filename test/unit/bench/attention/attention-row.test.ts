import { attentionRow } from '../../../../bench/attention/attention-row.ts';
import type { AskedProposal, SeedRun } from '../../../../bench/attention/run-seed.ts';

interface Case {
  from?: number;
  to?: number;
  timeoutFrom?: number;
  timeoutTo?: number;
  saves?: number;
  gain?: number;
  used?: number;
  slowestMs?: number;
  meetsGuard?: boolean;
  reason?: string;
  runId?: string;
  code?: string;
}

let made = 0;

function asked({ from = 1024, to = 512, timeoutFrom = 10, timeoutTo = timeoutFrom, ...given }: Case): AskedProposal {
  const { saves = 0, gain = 0, used = 100, slowestMs = 1_000, meetsGuard = true, reason = 'why' } = given;
  made += 1;
  const { runId = 'night', code = `code-${made}` } = given;
  return {
    runId,
    functionName: `function-${made}`,
    assessment: {
      codeSha256: code,
      owner: { tool: 'unknown' },
      risk: 'Low',
      findingReasons: ['MemoryOverprovisioned'],
      current: { memorySizeMb: from, timeoutSeconds: timeoutFrom },
      recommended: { memorySizeMb: to, timeoutSeconds: timeoutTo },
      memory: { source: 'Logs', maxMemoryUsedMb: used },
      metrics: { maxDurationMs: slowestMs },
      candidates: [{ memorySizeMb: from, meetsGuard }],
      expectedGain: gain,
      reason,
    },
    savings: { savingsUsdPerMonth: saves, costUsdPerMonthBefore: 10 },
  } as unknown as AskedProposal;
}

const ran = (savingUsdPerMonth: number, ...proposals: AskedProposal[]): SeedRun => ({
  savingUsdPerMonth,
  proposals,
  violations: [],
});

const rowOf = (each: Case) => attentionRow(1, ran(1, asked(each)), ran(1));

describe('a row of the attention bench', () => {
  it('counts proposals, and compares the saving with that of asking about everything', () => {
    expect(attentionRow(2, ran(97, asked({ saves: 97 })), ran(100))).toMatchObject({
      seed: 2,
      proposals: 1,
      savingUsdPerMonth: 97,
      savingAgainstAskingEverything: 0.97,
    });
  });

  it('counts what a night asks about as one once as a question, and each function as a proposal', () => {
    const shared = (runId: string) => asked({ code: 'bundle', runId });
    const week = [shared('monday'), shared('monday'), asked({ runId: 'monday' }), shared('tuesday')];
    expect(attentionRow(1, ran(1, ...week), ran(1))).toMatchObject({ proposals: 4, questions: 3 });
  });

  it('says what share of the saving the twenty largest carry', () => {
    const large = Array.from({ length: 20 }, () => asked({ saves: 4 }));
    const small = Array.from({ length: 20 }, () => asked({ saves: 1 }));
    expect(attentionRow(1, ran(1, ...small, ...large), ran(1)).shareOfFirst20).toBe(0.8);
  });

  it.each<[string, Case, number]>([
    ['saves too little', { saves: 0.49 }, 1],
    ['saves enough', { saves: 0.5 }, 0],
    ['is expected to save enough in the end', { saves: 0.1, gain: 0.06 }, 0],
    ['has memory short', { from: 128, to: 256, used: 120 }, 0],
    ['gives speed back', { to: 1536, meetsGuard: false }, 0],
    ['lowers a size that is too slow already', { meetsGuard: false }, 1],
    ['raises a timeout that calls come near', { to: 1024, timeoutTo: 30, slowestMs: 9_000 }, 0],
    ['raises a timeout for nothing', { to: 1024, timeoutTo: 30 }, 1],
    ['carries memory along with such a timeout', { timeoutTo: 30, slowestMs: 9_000 }, 1],
  ])('under half a dollar: a change that %s counts %j as %i', (_, each, expected) => {
    expect(rowOf(each).underHalfDollarWithoutReason).toBe(expected);
  });

  it.each<[string, Case, number]>([
    ['costs more', { saves: -0.1, gain: 1 }, 1],
    ['costs more for memory that is short', { saves: -0.1, used: 1_000 }, 0],
    ['costs more for speed given back', { saves: -0.1, to: 1536, meetsGuard: false }, 0],
    ['saves', { saves: 0.1 }, 0],
  ])('costly: a change that %s counts %j as %i', (_, each, expected) => {
    expect(rowOf(each).costlyWithoutReason).toBe(expected);
  });

  it.each<[number, string, number]>([
    [960, 'why', 0],
    [931, 'why', 1],
    [931, 'exactly 931 MB, because', 0],
    [1152, 'why', 0],
    [1088, 'why', 1],
    [1769, 'why', 0],
  ])('odd sizes: %i MB for "%s" counts %i', (to, reason, expected) => {
    expect(rowOf({ to, reason }).oddSizes).toBe(expected);
  });
});
