import fc from 'fast-check';
import type { Assessment } from '../../../../../../shared/contracts/assessment.ts';
import type { ProposalRecord } from '../../../../../../shared/contracts/ledger.ts';
import { groupProposals, savingsOf } from '../../../../../../shared/domain/approval/proposal/group-proposals.ts';
import {
  groupCovers,
  groupP95Change,
  groupReason,
  groupTitle,
} from '../../../../../../shared/domain/approval/proposal/group-words.ts';
import { APPROVED, assessment, candidate, functionArn, proposal, savings } from '../../../../../support/builders.ts';

/** A handler of a stack whose handlers share one bundle. */
function handler(functionName: string, differing: Partial<Assessment> = {}, record: Partial<ProposalRecord> = {}) {
  return proposal({
    functionName,
    assessment: assessment({ functionName, codeSha256: 'bundle', ...differing }),
    ...record,
  });
}

const metrics = (meanDurationMs: number) => ({ ...assessment().metrics!, meanDurationMs });
const memory = (maxMemoryUsedMb: number) => ({ source: 'ReportLines', maxMemoryUsedMb, coverage: 1 });
const owner = { tool: 'cdk', stackName: 'orders' };
/** Of the stack, with code of its own and this evidence. */
const sibling = (functionName: string, usedMb: number, meanMs: number, differing: Partial<Assessment> = {}) =>
  handler(functionName, {
    ...{ codeSha256: functionName, owner, memory: memory(usedMb), metrics: metrics(meanMs) },
    ...differing,
  });

const groupsOf = (proposals: readonly ProposalRecord[]) =>
  groupProposals(proposals).map(({ members }) => members.map(({ functionName }) => functionName).toSorted());

describe('what is asked about as one', () => {
  it('is the same change of functions that share their code', () => {
    expect(groupsOf([handler('a'), handler('b'), handler('other', { codeSha256: 'another' })])).toEqual([
      ['a', 'b'],
      ['other'],
    ]);
  });

  it('is the same change of one stack where memory used and mean duration differ by no more than a tenth', () => {
    expect(groupsOf([sibling('a', 100, 50), sibling('b', 110, 45.5)])).toEqual([['a', 'b']]);
    expect(groupsOf([sibling('a', 100, 50), sibling('b', 111, 50)])).toEqual([['a'], ['b']]);
    expect(groupsOf([sibling('a', 100, 50), sibling('b', 100, 55.1)])).toEqual([['a'], ['b']]);
  });

  it('is compared with its first member, so that small differences make no chain', () => {
    expect(groupsOf([sibling('a', 100, 50), sibling('b', 109, 50), sibling('c', 118, 50)])).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
  });

  it('is no matter of evidence alone: other stacks, no stack and unknown memory are apart', () => {
    const unknown = { memory: { source: 'None' } };
    expect(
      groupsOf([sibling('a', 100, 50), sibling('b', 100, 50, { owner: { tool: 'cdk', stackName: 'x' } })]),
    ).toHaveLength(2);
    expect(
      groupsOf([sibling('a', 100, 50, { owner: { tool: 'sam' } }), sibling('b', 100, 50, { owner: { tool: 'sam' } })]),
    ).toHaveLength(2);
    expect(groupsOf([sibling('a', 100, 50, unknown), sibling('b', 100, 50, unknown)])).toHaveLength(2);
    expect(groupsOf([sibling('a', 100, 50, { metrics: undefined }), sibling('b', 100, 50)])).toHaveLength(2);
  });

  it.each<[string, Partial<Assessment>]>([
    ['architecture', { architecture: 'x86_64' }],
    ['runtime', { runtime: 'nodejs22.x' }],
    ['present memory', { current: { memorySizeMb: 2048, timeoutSeconds: 30 } }],
    ['proposed memory', { recommended: { memorySizeMb: 768, timeoutSeconds: 30 } }],
    ['present timeout', { current: { memorySizeMb: 1024, timeoutSeconds: 60 } }],
    ['proposed timeout', { recommended: { memorySizeMb: 512, timeoutSeconds: 60 } }],
    ['risk', { risk: 'Medium' }],
    ['finding', { findingReasons: ['TimeoutTooLong'] }],
    ['alias', { target: { kind: 'alias', aliasName: 'live', functionVersion: '7' } }],
  ])('is never of another %s', (_, differing) => {
    expect(groupsOf([handler('a'), handler('b', differing)])).toEqual([['a'], ['b']]);
  });

  it('is never of another account or region', () => {
    const elsewhere = functionArn('b').replace('us-east-1', 'eu-west-1');
    expect(groupsOf([handler('a'), handler(elsewhere)])).toHaveLength(2);
  });

  it('hides nothing of high risk: each such function is a question of its own', () => {
    expect(groupsOf([handler('a', { risk: 'High' }), handler('b', { risk: 'High' }), handler('c')])).toHaveLength(3);
  });

  it('leaves apart what goes to its source, what an alarm asks and what nobody is asked about', () => {
    const consent = { decision: { ...APPROVED, by: { kind: 'consent', name: 'Ada' } } } as const;
    const remediation = { remediation: {} } as unknown as Partial<ProposalRecord>;
    const night = [
      handler('a'),
      handler('patched', {}, { delivery: 'patch' }),
      handler('covered', {}, consent),
      handler('alarmed', {}, remediation),
    ];
    expect(groupsOf(night)).toHaveLength(4);
  });

  it('stays together when people have decided about some of it', () => {
    expect(groupsOf([handler('a'), handler('b', {}, { status: 'approved', decision: APPROVED })])).toEqual([
      ['a', 'b'],
    ]);
  });
});

const night = fc.array(
  fc.record({
    code: fc.constantFrom('one', 'two', 'three'),
    stackName: fc.constantFrom('orders', 'billing'),
    risk: fc.constantFrom('VeryLow', 'Low', 'Medium', 'High'),
    usedMb: fc.integer({ min: 90, max: 130 }),
    meanMs: fc.integer({ min: 90, max: 130 }),
    savesUsd: fc.integer({ min: -20, max: 100 }),
  }),
  { maxLength: 40 },
);

test('every proposal is in exactly one group of one risk, sums are kept, and the most comes first, in whatever order they come', () => {
  fc.assert(
    fc.property(night, fc.nat(), (drawn, turn) => {
      const proposals = drawn.map(({ code, stackName, risk, usedMb, meanMs, savesUsd }, at) =>
        handler(
          `f-${at}`,
          {
            codeSha256: code,
            owner: { tool: 'cdk', stackName },
            risk,
            memory: memory(usedMb),
            metrics: metrics(meanMs),
          } as Partial<Assessment>,
          { savings: savings({ savingsUsdPerMonth: savesUsd }) },
        ),
      );
      const groups = groupProposals(proposals);
      const members = groups.flatMap((each) => each.members);
      expect(members.map(({ functionName }) => functionName).toSorted()).toEqual(
        proposals.map(({ functionName }) => functionName).toSorted(),
      );
      expect(savingsOf(members)).toBe(savingsOf(proposals));
      const worth = groups.map((each) => savingsOf(each.members));
      expect(worth).toEqual(worth.toSorted((a, b) => b - a));
      for (const group of groups) {
        expect(new Set(group.members.map((each) => each.assessment.risk)).size).toBe(1);
        expect(group.name).toBe(group.members[0].functionName);
        const saves = group.members.map((each) => each.savings.savingsUsdPerMonth);
        expect(saves).toEqual(saves.toSorted((a, b) => b - a));
      }
      const at = turn % Math.max(1, proposals.length);
      expect(groupProposals([...proposals.slice(at), ...proposals.slice(0, at)])).toEqual(groups);
    }),
    { numRuns: 60, seed: 14 },
  );
});

describe('how a group is said', () => {
  const stacked = (functionName: string, differing: Partial<Assessment> = {}) =>
    handler(functionName, { owner, ...differing });

  it('names the stack that all are of, or the code', () => {
    expect(groupTitle([stacked('a'), stacked('b')])).toBe('2 functions of stack orders');
    expect(groupTitle([stacked('a'), handler('b')])).toBe('2 functions of the same code');
    expect(groupTitle([handler(functionArn('b').replace('us-east-1', 'eu-west-1'))])).toBe('b');
  });

  it('gives the reason that all share, or whose it is', () => {
    expect(groupReason([handler('a'), handler('b')])).toBe('uses 210 of 1024 MB and is as fast at 512 MB');
    expect(groupReason([handler('a', { reason: 'waits' }), handler('b')])).toBe('a, which saves most: waits');
  });

  it('expects the worst of all for the duration, within the bounds of all', () => {
    const slower = (p95DurationMs: number) => ({
      candidates: [candidate(1024), { ...candidate(512), p95DurationMs, p95DurationUpperMs: p95DurationMs + 20 }],
    });
    expect(groupP95Change([handler('a', slower(200)), handler('b', slower(220))])).toEqual({
      share: expect.closeTo(0.1),
      lowerShare: expect.closeTo(-0.1),
      upperShare: expect.closeTo(0.2),
    });
    expect(groupP95Change([handler('a', slower(200)), handler('b')])).toBeUndefined();
  });

  it('names the widest way that an approval of any member covers', () => {
    const covers = (leastMemorySizeMb: number, until: string) => ({
      covers: { leastMemorySizeMb, mostMemorySizeMb: 1024, until },
    });
    const first = covers(256, '2026-12-01');
    const members = [first, covers(320, '2026-12-02'), {}];
    expect(groupCovers(members)).toEqual({ leastMemorySizeMb: 256, mostMemorySizeMb: 1024, until: '2026-12-02' });
    expect(groupCovers([{}])).toBeUndefined();
    const longer = { covers: { ...first.covers, mostTimeoutSeconds: 120 } };
    expect(groupCovers([...members, longer])).toMatchObject({ leastMemorySizeMb: 256, mostTimeoutSeconds: 120 });
  });
});
