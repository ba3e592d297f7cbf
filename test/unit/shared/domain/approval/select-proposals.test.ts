import { collectOutcomes } from '../../../../../shared/domain/approval/collect-outcomes.ts';
import { selectProposals } from '../../../../../shared/domain/approval/select-proposals.ts';
import { assessedOutcome, assessment, functionArn, savings } from '../../../../support/builders.ts';

describe('collectOutcomes', () => {
  const manifest = ['a', 'b', 'c'].map((functionName) => ({ functionName, functionArn: functionArn(functionName) }));

  it('answers once for every function of the manifest, in its order', () => {
    const answers = [
      assessedOutcome({ functionName: 'c' }),
      assessedOutcome({ functionName: 'a' }),
      assessedOutcome({ functionName: 'a' }),
    ];
    expect(collectOutcomes(manifest, answers).map(({ functionName, kind }) => [functionName, kind])).toEqual([
      ['a', 'Proposable'],
      ['b', 'Failed'],
      ['c', 'Proposable'],
    ]);
  });

  it('counts an answer it cannot read as a failure of that function', () => {
    const [first] = collectOutcomes(manifest, [{ functionName: 'a', kind: 'Surprise' }]);
    const message = 'the assessment of its batch ended without an outcome for this function';
    expect(first).toEqual({
      ...{ schemaVersion: 1, functionName: 'a', functionArn: functionArn('a'), kind: 'Failed', reason: message },
      failure: { stage: 'AssessEachFunction', name: 'NoOutcome', message },
    });
  });

  it('counts the first of two answers', () => {
    const answers = [assessedOutcome({ functionName: 'a', reason: 'first' }), assessedOutcome({ functionName: 'a' })];
    expect(collectOutcomes(manifest, answers)[0]!.reason).toBe('first');
  });
});

describe('selectProposals', () => {
  const most = (maximumProposals: number, minimumSavingsUsdPerMonth = 0.5, approvalMode: 'ask' | 'policy' = 'ask') => ({
    approvalMode,
    policy: { maximumProposals, minimumSavingsUsdPerMonth },
  });
  const names = (outcomes: readonly { functionName: string }[]) => outcomes.map(({ functionName }) => functionName);
  const saving = (functionName: string, savingsUsdPerMonth: number) =>
    assessedOutcome({ functionName, savings: savings({ savingsUsdPerMonth }) });

  it('puts functions at risk first and then the largest savings', () => {
    const atRisk = assessedOutcome({
      functionName: 'starving',
      assessment: assessment({ findingReasons: ['MemoryUnderprovisioned'] }),
      savings: savings({ savingsUsdPerMonth: -3 }),
    });
    const { asked } = selectProposals([saving('small', 1), saving('large', 9), atRisk], most(10));
    expect(names(asked)).toEqual(['starving', 'large', 'small']);
  });

  it('leaves out whatever is not proposable', () => {
    const kinds = ['Optimized', 'Unavailable', 'NotWorthProposing', 'Failed'] as const;
    expect(
      selectProposals(
        kinds.map((kind) => assessedOutcome({ kind })),
        most(10),
      ).asked,
    ).toEqual([]);
  });

  it('stops at the maximum, and names what it leaves out', () => {
    const { asked, leftOut } = selectProposals([saving('a', 1), saving('b', 2), saving('c', 3)], most(2));
    expect(names(asked)).toEqual(['c', 'b']);
    expect(names(leftOut)).toEqual(['a']);
  });

  it('puts a small step to a large saving before a larger step to none', () => {
    const step = assessedOutcome({
      functionName: 'step',
      savings: savings({ savingsUsdPerMonth: 1, expectedEndSavingsUsdPerMonth: 20 }),
    });
    expect(names(selectProposals([saving('done', 9), step], most(10)).asked)).toEqual(['step', 'done']);
  });

  it('leaves out the small change that carries nearly nothing of a long night, unless a question has no price', () => {
    const large = Array.from({ length: 10 }, (_, at) => saving(`large-${at}`, 100));
    const small = Array.from({ length: 20 }, (_, at) => saving(`small-${at}`, 0.6));
    const night = [...small, ...large];
    expect(names(selectProposals(night, most(50)).asked)).toEqual(names(large));
    expect(selectProposals(night, most(50)).leftOut).toHaveLength(20);
    expect(selectProposals(night, most(50, 0)).leftOut).toEqual([]);
  });

  it('asks for what hurts users however many dollars others carry', () => {
    const large = Array.from({ length: 12 }, (_, at) => saving(`large-${at}`, 100));
    const cutOff = assessedOutcome({
      functionName: 'cut-off',
      assessment: assessment({ findingReasons: ['TimeoutTooShort'] }),
      savings: savings({ savingsUsdPerMonth: 0 }),
    });
    expect(names(selectProposals([...large, cutOff], most(50)).asked)[0]).toBe('cut-off');
  });

  describe('of functions that share their code', () => {
    const sharing = (functionName: string, savingsUsdPerMonth: number) =>
      assessedOutcome({
        functionName,
        assessment: assessment({ functionName, codeSha256: 'shared' }),
        savings: savings({ savingsUsdPerMonth }),
      });

    it('counts them as one question, worth what they save together', () => {
      const night = [sharing('a', 2), saving('large', 5), sharing('b', 2), sharing('c', 2)];
      expect(names(selectProposals(night, most(1)).asked)).toEqual(['a', 'b', 'c']);
      expect(names(selectProposals(night, most(1)).leftOut)).toEqual(['large']);
    });

    it('counts each where a rule may approve it, so that the night changes no more than it was allowed', () => {
      const night = [sharing('a', 2), sharing('b', 2), sharing('c', 2)];
      expect(selectProposals(night, most(2, 0.5, 'policy')).asked).toHaveLength(2);
    });

    it('proposes no more functions than a run can wait for', () => {
      const many = (code: string, count: number, each: number) =>
        Array.from({ length: count }, (_, at) => {
          const functionName = `${code}-${at}`;
          return { ...sharing(functionName, each), assessment: assessment({ functionName, codeSha256: code }) };
        });
      const night = [...many('first', 700, 3), ...many('second', 700, 2), ...many('third', 300, 1)];
      const { asked, leftOut } = selectProposals(night, most(50));
      expect([asked.length, leftOut.length]).toEqual([1_000, 700]);
      expect(new Set(leftOut.map((each) => each.assessment.codeSha256))).toEqual(new Set(['second']));
    });
  });

  it('asks about ten however little they carry, and of the tail until two in a hundred are left', () => {
    const large = Array.from({ length: 9 }, (_, at) => saving(`large-${at}`, 100));
    const asked = (...usd: number[]) =>
      names(selectProposals([...large, ...usd.map((each, at) => saving(`small-${at}`, each))], most(50)).asked).length;
    expect(asked(1, 1)).toBe(10);
    // After ten of a hundred each, 20 of 1,020 are less than two in a hundred; 21 of 1,021 are not.
    expect(asked(100, 20)).toBe(10);
    expect(asked(100, 21)).toBe(11);
  });

  it('sets aside what an earlier approval covers, and asks about none of what was weighed as such', () => {
    const weighed = (functionName: string) =>
      assessedOutcome({ functionName, assessment: assessment({ functionName, isCovered: true }) });
    const selection = selectProposals(
      [weighed('covered'), weighed('lapsed'), saving('open', 1)],
      most(10),
      (functionName) => functionName === 'covered',
    );
    expect([names(selection.asked), names(selection.covered), names(selection.leftOut)]).toEqual([
      ...[['open'], ['covered'], ['lapsed']],
    ]);
  });

  it('needs an assessment and savings, whatever an outcome calls itself', () => {
    const { assessment: _, ...unassessed } = assessedOutcome({});
    const { savings: __, ...unpriced } = assessedOutcome({});
    expect(selectProposals([unassessed, unpriced], most(10))).toEqual({ asked: [], covered: [], leftOut: [] });
  });

  it.each(['MemoryUnderprovisioned', 'OutOfMemory', 'TimeoutTooShort'] as const)('puts %s first', (reason) => {
    const atRisk = assessedOutcome({
      functionName: 'at-risk',
      assessment: assessment({ findingReasons: ['MemoryOverprovisioned', reason] }),
      savings: savings({ savingsUsdPerMonth: 0 }),
    });
    expect(names(selectProposals([saving('large', 9), atRisk], most(10)).asked)).toEqual(['at-risk', 'large']);
  });
});
