import type { Decision } from '../../contracts/decision.ts';
import type { ProposalRecord, TaskTokenRecord } from '../../contracts/ledger.ts';
import { PROPOSAL_PREFIX, proposalKey, tokenKey, ttlSeconds } from './keys.ts';
import type { DecisionResult, ProposalLedger } from './ledger.ts';
import { asRecord, type Item, type LedgerTable } from './table.ts';

/** A task token is worthless once its wait is over; a run never outlives a day. */
const TOKEN_RETENTION_MS = 3 * 86_400_000;

const isPending = {
  expression: '#status = :pending',
  names: { '#status': 'status' },
  values: { ':pending': 'pending' },
};

export function createProposalLedger(table: LedgerTable): ProposalLedger {
  return {
    putProposal: async (proposal) => {
      await table.put(
        { ...proposalKey(proposal.runId, proposal.functionName), ...proposal },
        {
          // A failed run expires what nobody can be asked any more; who takes its night over asks again.
          expression: 'attribute_not_exists(pk) OR (#status = :expired AND attribute_not_exists(decision))',
          names: { '#status': 'status' },
          values: { ':expired': 'expired' },
        },
      );
    },
    getProposal: async (runId, functionName) => asProposal(await table.get(proposalKey(runId, functionName))),
    listProposals: async (runId, { consistent } = { consistent: true }) => {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': proposalKey(runId, '').pk, ':prefix': PROPOSAL_PREFIX },
        ConsistentRead: consistent,
      });
      return items.map(asRecord<ProposalRecord>);
    },
    decide: (runId, functionName, decision) => decide(table, runId, functionName, decision),
    expire: async (runId, functionName) => {
      const { item } = await table.update(proposalKey(runId, functionName), {
        set: { status: 'expired' },
        condition: isPending,
      });
      return asProposal(item);
    },
    setOutcome: async (runId, functionName, outcome) => {
      await table.update(proposalKey(runId, functionName), {
        set: { outcome },
        condition: { expression: 'attribute_exists(pk)' },
      });
    },
    putTaskToken: async (token) => {
      const ttl = ttlSeconds(new Date(Date.parse(token.storedAt) + TOKEN_RETENTION_MS).toISOString());
      await table.put({ ...tokenKey(token.runId, token.functionName), ...token, ttl });
    },
    getTaskToken: async (runId, functionName) =>
      (await table.get(tokenKey(runId, functionName))) as TaskTokenRecord | undefined,
    markTokenDelivered: async (runId, functionName, taskToken, at) => {
      await table.update(tokenKey(runId, functionName), {
        set: { deliveredAt: at },
        condition: { expression: 'taskToken = :token', values: { ':token': taskToken } },
      });
    },
  };
}

async function decide(
  table: LedgerTable,
  runId: string,
  functionName: string,
  decision: Decision,
): Promise<DecisionResult> {
  const result = await table.update(proposalKey(runId, functionName), {
    set: { status: decision.decision, decision },
    condition: {
      ...isPending,
      expression: `${isPending.expression} AND expiresAt > :now`,
      values: { ...isPending.values, ':now': decision.at },
    },
  });
  const proposal = asProposal(result.item);
  if (proposal === undefined) return { accepted: false, why: 'not-found' };
  if (result.written) return { accepted: true, proposal };
  return { accepted: false, why: proposal.decision ? 'already-decided' : 'expired', proposal };
}

/** DynamoDB answers an empty object for an item that has only its keys; a proposal always has a status. */
const asProposal = (item: Item | undefined): ProposalRecord | undefined =>
  item?.['status'] === undefined ? undefined : asRecord<ProposalRecord>(item);
