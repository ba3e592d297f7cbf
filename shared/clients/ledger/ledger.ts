import type { Decision } from '../../contracts/decision.ts';
import type {
  ChangeRecord,
  FunctionRecord,
  ProposalRecord,
  RunRecord,
  SourcesAwayRecord,
  TaskTokenRecord,
} from '../../contracts/ledger.ts';
import type { Lane } from '../../domain/turns.ts';

/** A name that only one execution may hold at a time (`scheduled#<local date>`). */
export interface Lease {
  leaseId: string;
  executionArn: string;
  takenAt: string;
}

export type DecisionResult =
  | { accepted: true; proposal: ProposalRecord }
  /** `proposal` is what stands in the ledger instead; absent when there is none. */
  | { accepted: false; why: 'not-found' | 'already-decided' | 'expired'; proposal?: ProposalRecord };

/**
 * The ledger as the tasks see it. Implementations: DynamoDB (`createLedger`). Methods that decide something are
 * conditional and answer what was found; they throw only what the SDK throws after its own retries. Times are
 * arguments.
 */
export interface RunLedger {
  /** Takes the lease unless another execution holds it; the holder's own second call succeeds. */
  acquireLease(lease: Lease): Promise<{ acquired: true } | { acquired: false; holder: Lease }>;
  /** Takes the lease from `from`, provided it is still the holder. */
  takeOverLease(lease: Lease, from: string): Promise<boolean>;
  putRun(run: RunRecord): Promise<void>;
  getRun(runId: string): Promise<RunRecord | undefined>;
  updateRun(runId: string, changes: Partial<RunRecord>): Promise<void>;
  /** Undefined before the first night that ended. */
  getSourcesAway(): Promise<SourcesAwayRecord | undefined>;
  putSourcesAway(record: SourcesAwayRecord): Promise<void>;
  /** Notes that a remediation asks something until then; `listQuestions` finds it, for a while longer. */
  putQuestion(runId: string, expiresAt: string): Promise<void>;
  /** Ids of the runs that remediations ask under, open ones and some that are over. */
  listQuestions(): Promise<string[]>;
  putLink(linkHash: string, runId: string, deleteAfter: string): Promise<void>;
  findRunIdByLink(linkHash: string): Promise<string | undefined>;
}

export interface ProposalLedger {
  /** Registers a proposal once; a second call changes nothing, unless the former had expired undecided. */
  putProposal(proposal: ProposalRecord): Promise<void>;
  getProposal(runId: string, functionName: string): Promise<ProposalRecord | undefined>;
  /**
   * @param reading `consistent: false` costs half and may miss what was written a moment ago. @default consistent
   */
  listProposals(runId: string, reading?: { consistent: boolean }): Promise<ProposalRecord[]>;
  /** First decision wins, and only before `expiresAt`. */
  decide(runId: string, functionName: string, decision: Decision): Promise<DecisionResult>;
  /** Marks a still undecided proposal expired; answers the proposal as it stands afterwards. */
  expire(runId: string, functionName: string): Promise<ProposalRecord | undefined>;
  setOutcome(runId: string, functionName: string, outcome: NonNullable<ProposalRecord['outcome']>): Promise<void>;
  putTaskToken(token: TaskTokenRecord): Promise<void>;
  getTaskToken(runId: string, functionName: string): Promise<TaskTokenRecord | undefined>;
  markTokenDelivered(runId: string, functionName: string, taskToken: string, at: string): Promise<void>;
}

export interface FunctionLedger {
  getFunctions(functionNames: readonly string[]): Promise<Map<string, FunctionRecord>>;
  /** Opens a proposal on a function that has nothing open (or this run's own); false when another run's is open. */
  claim(record: {
    functionName: string;
    functionArn: string;
    baselineMemorySizeMb: number;
    runId: string;
    at: string;
  }): Promise<boolean>;
  /** Moves what `runId` has open to another kind; false when it has nothing open. */
  setOpen(
    functionName: string,
    runId: string,
    kind: NonNullable<FunctionRecord['open']>['kind'],
    at: string,
  ): Promise<boolean>;
  /** Ends what `runId` has open, writing what was learned in the same conditional update; a consent stands only if renewed. */
  close(
    functionName: string,
    runId: string,
    learned: Partial<Pick<FunctionRecord, 'observations' | 'lastWritten' | 'coolDownUntil' | 'standingConsent'>>,
  ): Promise<boolean>;
  markRevertedByDeploy(functionName: string, at: string): Promise<void>;
}

export interface ChangeLedger {
  /** Writes the change before anything is touched; answers the record that stands (an earlier try's, if any). */
  beginChange(change: ChangeRecord): Promise<ChangeRecord>;
  getChange(functionName: string, runId: string): Promise<ChangeRecord | undefined>;
  updateChange(functionName: string, runId: string, changes: Partial<ChangeRecord>): Promise<void>;
  /**
   * Takes a change off the list of open ones, once everything else about it is written: whatever breaks off before
   * that is found there by the next night.
   */
  settleChange(functionName: string, runId: string): Promise<void>;
  /** Changes of which somebody has something left to do: to judge them, or only to write down how they ended. */
  listOpenChanges(): Promise<ChangeRecord[]>;
  listChanges(functionName: string): Promise<ChangeRecord[]>;
}

export interface TurnRequest {
  /** Names the change for good: whoever asks for the same one again gets the same turn, until it is missed. */
  holder: string;
  lane: Lane;
  /** How long the lane stays with this change, in ms. */
  lengthMs: number;
  nowMs: number;
}

export interface TurnLedger {
  /** The moment at which a change may be written (epoch ms, not before `nowMs` for a new one); nobody waits to ask. */
  takeTurn(request: TurnRequest): Promise<number>;
}

export interface Ledger extends RunLedger, ProposalLedger, FunctionLedger, ChangeLedger, TurnLedger {}
