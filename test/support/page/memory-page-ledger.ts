import type { Decision } from '../../../shared/contracts/decision.ts';
import type { ChangeRecord, ProposalRecord, RunRecord } from '../../../shared/contracts/ledger.ts';
import type { PageLedger } from '../../../tasks/approval/serve-page/deps.ts';

/** The page's part of the ledger in memory, with the DynamoDB ledger's conditions; counts what is asked of it. */
export class MemoryPageLedger implements PageLedger {
  readonly runs = new Map<string, RunRecord>();
  readonly links = new Map<string, string>();
  readonly proposals = new Map<string, ProposalRecord>();
  openChanges: ChangeRecord[] = [];
  reads = 0;
  writes = 0;

  addRun(run: RunRecord, proposals: readonly ProposalRecord[]): this {
    this.runs.set(run.runId, run);
    this.links.set(run.linkHash!, run.runId);
    for (const each of proposals)
      this.proposals.set(keyOf(run.runId, each.functionName), { ...each, runId: run.runId });
    return this;
  }

  async findRunIdByLink(linkHash: string): Promise<string | undefined> {
    this.reads += 1;
    return this.links.get(linkHash);
  }

  async getRun(runId: string): Promise<RunRecord | undefined> {
    this.reads += 1;
    return this.runs.get(runId);
  }

  async listProposals(runId: string): Promise<ProposalRecord[]> {
    this.reads += 1;
    return [...this.proposals.values()].filter((each) => each.runId === runId);
  }

  async listOpenChanges(): Promise<ChangeRecord[]> {
    this.reads += 1;
    return this.openChanges;
  }

  async decide(runId: string, functionName: string, decision: Decision): ReturnType<PageLedger['decide']> {
    const proposal = this.proposals.get(keyOf(runId, functionName));
    if (proposal === undefined) return { accepted: false, why: 'not-found' };
    if (proposal.decision) return { accepted: false, why: 'already-decided', proposal };
    if (proposal.status !== 'pending' || proposal.expiresAt <= decision.at)
      return { accepted: false, why: 'expired', proposal };
    this.writes += 1;
    const decided = { ...proposal, status: decision.decision, decision };
    this.proposals.set(keyOf(runId, functionName), decided);
    return { accepted: true, proposal: decided };
  }

  proposal(runId: string, functionName: string): ProposalRecord {
    return this.proposals.get(keyOf(runId, functionName))!;
  }
}

const keyOf = (runId: string, functionName: string): string => `${runId} ${functionName}`;
