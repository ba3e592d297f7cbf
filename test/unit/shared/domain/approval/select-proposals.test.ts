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
    expect(first).toMatchObject({ kind: 'Failed', failure: { name: 'NoOutcome' } });
  });
});

describe('selectProposals', () => {
  const saving = (functionName: string, savingsUsdPerMonth: number) =>
    assessedOutcome({ functionName, savings: savings({ savingsUsdPerMonth }) });

  it('puts functions at risk first and then the largest savings', () => {
    const atRisk = assessedOutcome({
      functionName: 'starving',
      assessment: assessment({ findingReasons: ['MemoryUnderprovisioned'] }),
      savings: savings({ savingsUsdPerMonth: -3 }),
    });
    const selected = selectProposals([saving('small', 1), saving('large', 9), atRisk], 10);
    expect(selected.map((each) => each.functionName)).toEqual(['starving', 'large', 'small']);
  });

  it('leaves out whatever is not proposable', () => {
    const kinds = ['Optimized', 'Unavailable', 'NotWorthProposing', 'Failed'] as const;
    expect(
      selectProposals(
        kinds.map((kind) => assessedOutcome({ kind })),
        10,
      ),
    ).toEqual([]);
  });

  it('stops at the maximum', () => {
    expect(
      selectProposals([saving('a', 1), saving('b', 2), saving('c', 3)], 2).map((each) => each.functionName),
    ).toEqual(['c', 'b']);
  });
});
