import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { ProposalRecord, TaskTokenRecord } from '../../../../../shared/contracts/ledger.ts';
import { deliverDecisions } from '../../../../../tasks/approval/deliver-decision/deliver-decision.ts';
import { APPROVED, FUNCTION_NAME, NIGHT, proposal } from '../../../../support/builders.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';

const RUN = 'scheduled-2026-11-23';
const ID = `${RUN}/${FUNCTION_NAME}`;
const token: TaskTokenRecord = { runId: RUN, functionName: FUNCTION_NAME, taskToken: 'secret-token', storedAt: NIGHT };
const decided = proposal({ status: 'approved', decision: APPROVED });

const event = (...names: string[]): DynamoDBStreamEvent => ({
  Records: names.map((functionName, at) => ({
    dynamodb: { SequenceNumber: String(at + 1), NewImage: { runId: { S: RUN }, functionName: { S: functionName } } },
  })),
});

function world(
  found: { proposal?: ProposalRecord; token?: TaskTokenRecord },
  send: (token: string) => boolean = () => true,
) {
  const sent: unknown[] = [];
  const started: string[] = [];
  const updated: unknown[] = [];
  const ledger = memoryLedger({
    proposals: new Map(found.proposal ? [[ID, found.proposal]] : []),
    tokens: new Map(found.token ? [[ID, found.token]] : []),
  });
  const sendTaskSuccess = async (taskToken: string, output: unknown) => {
    const accepted = send(taskToken);
    sent.push({ taskToken, output });
    return accepted;
  };
  return {
    ledger,
    sent,
    started,
    updated,
    dependencies: {
      ledger,
      controlPlaneShare: 0.4,
      executions: { sendTaskSuccess },
      remediationStarts: { approve: async (id: string) => void started.push(id) },
      remediations: {
        rejectQuestion: async (id: string, reason: string) => void updated.push({ id, reason }),
      },
      now: () => Date.parse('2026-11-23T08:00:01Z'),
    },
  };
}

describe('deliverDecisions', () => {
  it('answers the token once decision and token are both there', async () => {
    const { ledger, sent, dependencies } = world({ proposal: decided, token });
    expect(await deliverDecisions(event(FUNCTION_NAME), dependencies)).toEqual({ batchItemFailures: [] });
    expect(sent).toEqual([
      {
        taskToken: 'secret-token',
        output: { schemaVersion: 1, decision: 'approved', decidedBy: 'Ada', turnAt: '2026-11-23T08:00:01.000Z' },
      },
    ]);
    expect(ledger.contents.tokens.get(ID)?.deliveredAt).toBe('2026-11-23T08:00:01.000Z');
  });

  it('gives a rejection no turn', async () => {
    const rejected = proposal({ status: 'rejected', decision: { ...APPROVED, decision: 'rejected' } });
    const { ledger, sent, dependencies } = world({ proposal: rejected, token });
    await deliverDecisions(event(FUNCTION_NAME), dependencies);
    expect(sent).toMatchObject([{ output: { decision: 'rejected' } }]);
    expect(ledger.contents.turns.size).toBe(0);
  });

  it('gives an approval that the stream delivers again the turn it had', async () => {
    const { ledger, sent, dependencies } = world({ proposal: decided, token });
    await deliverDecisions(event(FUNCTION_NAME), dependencies);
    ledger.contents.tokens.set(ID, token);
    await deliverDecisions(event(FUNCTION_NAME), dependencies);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });

  it('spaces approvals by the calls behind them: an alias takes four turns’ time', async () => {
    const { ledger, dependencies } = world({ proposal: decided, token });
    const { assessment } = decided;
    const target = { kind: 'alias', aliasName: 'live', functionVersion: '1' } as const;
    ledger.contents.proposals.set(ID, { ...decided, assessment: { ...assessment, target } });
    await deliverDecisions(event(FUNCTION_NAME), dependencies);
    // 15 calls a second, 0.4 of them ours, three quarters of those the night's: 4.5 a second.
    const [atMs] = [...ledger.contents.turns.values()];
    expect(ledger.contents.lanes.get('night')).toBe(atMs! + Math.ceil(4_000 / 4.5));
  });

  it.each([
    ['a decision before its token', { proposal: decided }],
    ['a token before its decision', { proposal: proposal(), token }],
    ['a token that was answered already', { proposal: decided, token: { ...token, deliveredAt: NIGHT } }],
    ['a token without a proposal', { token }],
  ])('sends nothing for %s', async (_, found) => {
    const { sent, dependencies } = world(found);
    expect(await deliverDecisions(event(FUNCTION_NAME), dependencies)).toEqual({ batchItemFailures: [] });
    expect(sent).toEqual([]);
  });

  it('gives up a token whose wait is over', async () => {
    const { ledger, dependencies } = world({ proposal: decided, token }, () => false);
    expect(await deliverDecisions(event(FUNCTION_NAME), dependencies)).toEqual({ batchItemFailures: [] });
    expect(ledger.contents.tokens.get(ID)?.deliveredAt).toBeDefined();
  });

  it('hands back the first record that Step Functions did not take, so that it and all after it are retried', async () => {
    const { dependencies } = world({ proposal: decided, token }, () => {
      throw new Error('throttled');
    });
    expect(await deliverDecisions(event('other', FUNCTION_NAME, 'third'), dependencies)).toEqual({
      batchItemFailures: [{ itemIdentifier: '2' }],
    });
  });

  describe('of what a remediation asked about', () => {
    const remediation = {
      remediationId: 'event-1',
      action: { kind: 'OptimizeOnDemand', functionName: FUNCTION_NAME },
      alarmName: 'alarm',
      cause: 'CostRose',
    } as const;

    it('starts what was approved', async () => {
      const { started, sent, dependencies } = world({ proposal: { ...decided, remediation } });
      await deliverDecisions(event(FUNCTION_NAME), dependencies);
      expect({ started, sent }).toEqual({ started: ['event-1'], sent: [] });
    });

    it('ends what was rejected, in the ledger', async () => {
      const rejected = { ...APPROVED, decision: 'rejected' as const };
      const { started, updated, dependencies } = world({
        proposal: proposal({ status: 'rejected', decision: rejected, remediation }),
      });
      await deliverDecisions(event(FUNCTION_NAME), dependencies);
      expect(started).toEqual([]);
      expect(updated).toEqual([{ id: 'event-1', reason: 'Ada rejected it' }]);
    });

    it.each([
      ['nobody decided yet', proposal({ remediation })],
      [
        'has had its outcome',
        { ...decided, remediation, outcome: { kind: 'Verified', reason: '', at: NIGHT } as const },
      ],
    ])('leaves alone what %s', async (_, found) => {
      const { started, updated, dependencies } = world({ proposal: found });
      await deliverDecisions(event(FUNCTION_NAME), dependencies);
      expect([started, updated]).toEqual([[], []]);
    });
  });

  it('passes over records that are neither proposal nor token', async () => {
    const { sent, dependencies } = world({});
    await deliverDecisions({ Records: [{ dynamodb: { SequenceNumber: '1' } }] }, dependencies);
    expect(sent).toEqual([]);
  });
});
