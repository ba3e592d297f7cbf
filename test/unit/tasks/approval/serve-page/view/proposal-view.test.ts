import type { ChangeRecord, ProposalRecord } from '../../../../../../shared/contracts/ledger.ts';
import { CHANGED_KINDS } from '../../../../../../shared/contracts/outcome.ts';
import { STAGES, viewProposals } from '../../../../../../tasks/approval/serve-page/view/proposal-view.ts';
import { EXPIRES_AT, fixtureProposals, MORNING_MS } from '../../../../../support/page/fixture-run.ts';

const proposal = fixtureProposals(1)[0]!;
const decision = {
  decision: 'approved',
  by: { kind: 'link-holder', name: 'Ana' },
  at: '2026-11-23T06:00:00.000Z',
} as const;
const approved: ProposalRecord = { ...proposal, status: 'approved', decision };

const change = (status: ChangeRecord['status'], runId = proposal.runId): ChangeRecord => ({
  runId,
  functionName: proposal.functionName,
  functionArn: proposal.functionArn,
  status,
  before: { ...proposal.assessment.current, codeSha256: 'sha' },
  after: proposal.assessment.recommended,
  decision,
  assessment: proposal.assessment,
  savings: proposal.savings,
  startedAt: decision.at,
  verifications: [],
});
const viewOf = (record: ProposalRecord, changes: ChangeRecord[] = [], nowMs = MORNING_MS) =>
  viewProposals([record], changes, nowMs)[0]!;

describe('where a proposal stands', () => {
  it('waits while it is pending and its time is not over', () => {
    expect(viewOf(proposal)).toMatchObject({ stage: 'pending', open: true, settled: false });
  });

  it('is expired from the very moment on, before the ledger says so', () => {
    expect(viewOf(proposal, [], Date.parse(EXPIRES_AT) - 1).stage).toBe('pending');
    expect(viewOf(proposal, [], Date.parse(EXPIRES_AT))).toMatchObject({
      stage: 'expired',
      open: false,
      settled: true,
    });
  });

  it.each([
    ['applying', 'applying'],
    ['applied', 'applied'],
    ['rollingBack', 'rolling-back'],
    ['Watching', 'watching'],
  ] as const)('follows a change that is %s', (status, stage) => {
    expect(viewOf(approved, [change(status)]).stage).toBe(stage);
  });

  it('is approved until its change begins', () => {
    expect(viewOf(approved).stage).toBe('approved');
  });

  it('does not take another run’s change of the same function for its own', () => {
    expect(viewOf(approved, [change('applied', 'another-run')]).stage).toBe('approved');
  });

  it.each(CHANGED_KINDS)('has words for outcome %s, which counts for more than the change', (kind) => {
    const view = viewOf({ ...approved, outcome: { kind, reason: 'because', at: decision.at } }, [change('applied')]);
    expect(STAGES[view.stage]).toBeTruthy();
    expect(view.stage).not.toBe('applied');
    expect(view.settled).toBe(kind !== 'Watching');
  });

  it('is owned by its stack, else by its team, else by nobody known', () => {
    const owned = (owner: ProposalRecord['assessment']['owner']) =>
      viewOf({ ...proposal, assessment: { ...proposal.assessment, owner } }).ownerName;
    expect(owned({ tool: 'cdk', stackName: 'stack', team: 'team' })).toBe('stack');
    expect(owned({ tool: 'terraform', team: 'team' })).toBe('team');
    expect(owned({ tool: 'unknown' })).toBe('');
  });
});
