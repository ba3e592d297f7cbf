import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import type { Ledger, RunLedger } from '../../shared/clients/ledger/ledger.ts';
import type { ProposalRecord, RunRecord } from '../../shared/contracts/ledger.ts';
import type { ProposalGroup } from '../../shared/domain/approval/proposal/group-proposals.ts';
import { isOpen } from '../../shared/domain/approval/proposal/is-open.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { PlaceOptions, Terminal } from '../command.ts';
import { openGroups } from './open-groups.ts';
import { readRuns } from './read-runs.ts';
import { requireRun } from './require-run.ts';

export interface OpenRunsOptions extends PlaceOptions {
  run?: string;
}

export interface OpenRun {
  run: RunRecord;
  proposals: ProposalRecord[];
  /** The same as questions: functions that are asked about as one stand together. */
  groups: ProposalGroup<ProposalRecord>[];
}

/** Runs that still have something to decide, remediations' questions among them; of one run, whatever it still has. */
export async function readOpenRuns(
  options: OpenRunsOptions,
  environment: Terminal['environment'],
  nowMs: number,
): Promise<OpenRun[]> {
  if (options.run !== undefined) {
    const { ledgerTable } = await findResources(['ledgerTable'], options, environment);
    const ledger = createLedger(ledgerTable);
    return openOf(ledger, [await requireRun(ledger, options.run)], nowMs);
  }
  const { ledgerTable, runBucket } = await findResources(['ledgerTable', 'runBucket'], options, environment);
  const ledger = createLedger(ledgerTable);
  const runs = await Promise.all([readRuns(ledger, runBucket), readQuestions(ledger)]);
  const current = runs.flat().filter(({ approvalExpiresAt }) => Date.parse(approvalExpiresAt) > nowMs);
  return (await openOf(ledger, current, nowMs)).filter(({ proposals }) => proposals.length > 0);
}

/** What remediations ask, the newest first; they are runs that leave nothing in the run bucket. */
async function readQuestions(ledger: Pick<RunLedger, 'getRun' | 'listQuestions'>): Promise<RunRecord[]> {
  const runs = await Promise.all((await ledger.listQuestions()).map((runId) => ledger.getRun(runId)));
  return runs.filter((run) => run !== undefined).toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

function openOf(ledger: Pick<Ledger, 'listProposals'>, runs: readonly RunRecord[], nowMs: number): Promise<OpenRun[]> {
  return Promise.all(
    runs.map(async (run) => {
      const all = await ledger.listProposals(run.runId);
      return {
        run,
        groups: openGroups(all, nowMs),
        proposals: all
          .filter((each) => isOpen(each, nowMs))
          .toSorted((a, b) => b.savings.savingsUsdPerMonth - a.savings.savingsUsdPerMonth),
      };
    }),
  );
}
