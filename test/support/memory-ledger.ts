import type { DecisionResult, Ledger } from '../../shared/clients/ledger/ledger.ts';
import type {
  ChangeRecord,
  FunctionRecord,
  ProposalRecord,
  RunRecord,
  SourcesAwayRecord,
  TaskTokenRecord,
} from '../../shared/contracts/ledger.ts';

/** What an in-memory ledger holds; tests fill it beforehand and look into it afterwards. */
export interface LedgerContents {
  runs: Map<string, RunRecord>;
  links: Map<string, string>;
  proposals: Map<string, ProposalRecord>;
  tokens: Map<string, TaskTokenRecord>;
  functions: Map<string, FunctionRecord>;
  changes: Map<string, ChangeRecord>;
  sourcesAway?: SourcesAwayRecord;
  /** When each holder's turn is, and when each lane's next begins (epoch ms). */
  turns: Map<string, number>;
  lanes: Map<string, number>;
}

const MISSED_AFTER_MS = 60_000;

const key = (runId: string, functionName: string): string => `${runId}/${functionName}`;

/** The ledger's contract in a few maps, for tests of tasks; test/unit/shared/clients/ledger tests the real one. */
export function memoryLedger(seed: Partial<LedgerContents> = {}): Ledger & { contents: LedgerContents } {
  const contents: LedgerContents = {
    runs: new Map(),
    links: new Map(),
    proposals: new Map(),
    tokens: new Map(),
    functions: new Map(),
    changes: new Map(),
    turns: new Map(),
    lanes: new Map(),
    ...seed,
  };
  const settled = new Set<string>();
  const { runs, links, proposals, tokens, functions, changes, turns, lanes } = contents;
  const ownsOpen = (functionName: string, runId: string) => functions.get(functionName)?.open?.runId === runId;
  return {
    contents,
    acquireLease: async () => ({ acquired: true }),
    takeOverLease: async () => true,
    putQuestion: async () => {},
    listQuestions: async () => [],
    putRun: async (run) => void runs.set(run.runId, run),
    getRun: async (runId) => runs.get(runId),
    updateRun: async (runId, update) => void runs.set(runId, { ...runs.get(runId)!, ...update }),
    getSourcesAway: async () => contents.sourcesAway,
    putSourcesAway: async (record) => {
      contents.sourcesAway = record;
    },
    putLink: async (linkHash, runId) => void links.set(linkHash, runId),
    findRunIdByLink: async (linkHash) => links.get(linkHash),
    putProposal: async (each) => {
      const id = key(each.runId, each.functionName);
      if (!proposals.has(id)) proposals.set(id, each);
    },
    getProposal: async (runId, functionName) => proposals.get(key(runId, functionName)),
    listProposals: async (runId) => [...proposals.values()].filter((each) => each.runId === runId),
    decide: async (runId, functionName, decision): Promise<DecisionResult> => {
      const found = proposals.get(key(runId, functionName));
      if (!found) return { accepted: false, why: 'not-found' };
      if (found.status !== 'pending' || found.expiresAt <= decision.at) {
        return { accepted: false, why: found.decision ? 'already-decided' : 'expired', proposal: found };
      }
      const decided = { ...found, status: decision.decision, decision };
      proposals.set(key(runId, functionName), decided);
      return { accepted: true, proposal: decided };
    },
    expire: async (runId, functionName) => {
      const found = proposals.get(key(runId, functionName));
      if (found?.status === 'pending') proposals.set(key(runId, functionName), { ...found, status: 'expired' });
      return proposals.get(key(runId, functionName));
    },
    setOutcome: async (runId, functionName, outcome) => {
      const found = proposals.get(key(runId, functionName));
      if (found) proposals.set(key(runId, functionName), { ...found, outcome });
    },
    putTaskToken: async (token) => void tokens.set(key(token.runId, token.functionName), token),
    getTaskToken: async (runId, functionName) => tokens.get(key(runId, functionName)),
    markTokenDelivered: async (runId, functionName, taskToken, at) => {
      const found = tokens.get(key(runId, functionName));
      if (found?.taskToken === taskToken) tokens.set(key(runId, functionName), { ...found, deliveredAt: at });
    },
    getFunctions: async (names) => new Map([...functions].filter(([name]) => names.includes(name))),
    claim: async ({ runId, at, ...record }) => {
      const known = functions.get(record.functionName);
      if (known?.open && known.open.runId !== runId) return false;
      functions.set(record.functionName, {
        observations: [],
        ...record,
        ...known,
        open: { kind: 'proposal', runId, since: at },
      });
      return true;
    },
    setOpen: async (functionName, runId, kind, at) => {
      if (!ownsOpen(functionName, runId)) return false;
      functions.set(functionName, { ...functions.get(functionName)!, open: { kind, runId, since: at } });
      return true;
    },
    close: async (functionName, runId, learned) => {
      if (!ownsOpen(functionName, runId)) return false;
      const { open: _, ...rest } = functions.get(functionName)!;
      functions.set(functionName, { ...rest, ...learned });
      return true;
    },
    markRevertedByDeploy: async (functionName, at) => {
      const { lastWritten: _, ...rest } = functions.get(functionName)!;
      functions.set(functionName, { ...rest, revertedByDeployAt: at });
    },
    beginChange: async (each) => {
      const id = key(each.runId, each.functionName);
      if (!changes.has(id)) changes.set(id, each);
      return changes.get(id)!;
    },
    getChange: async (functionName, runId) => changes.get(key(runId, functionName)),
    updateChange: async (functionName, runId, update) =>
      void changes.set(key(runId, functionName), { ...changes.get(key(runId, functionName))!, ...update }),
    settleChange: async (functionName, runId) => void settled.add(key(runId, functionName)),
    listOpenChanges: async () => [...changes].filter(([id]) => !settled.has(id)).map(([, change]) => change),
    listChanges: async (functionName) => [...changes.values()].filter((each) => each.functionName === functionName),
    takeTurn: async ({ holder, lane, lengthMs, nowMs }) => {
      const heldMs = turns.get(holder);
      if (heldMs !== undefined && nowMs <= heldMs + MISSED_AFTER_MS) return heldMs;
      const atMs = Math.max(nowMs, lanes.get(lane) ?? 0);
      lanes.set(lane, atMs + lengthMs);
      turns.set(holder, atMs);
      return atMs;
    },
  };
}
