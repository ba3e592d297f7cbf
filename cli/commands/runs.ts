import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import type { RunRecord } from '../../shared/contracts/ledger.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { refuse } from '../input/usage-error.ts';
import { type Column, table } from '../output/table.ts';
import { readRuns } from '../runs/read-runs.ts';

export interface RunsOptions extends PlaceOptions {
  limit: string;
}

/** The runs the ledger knows, newest first. */
export async function runs(
  options: RunsOptions,
  { environment, colors }: Pick<Terminal, 'environment' | 'colors'>,
): Promise<CommandResult> {
  const limit = Number(options.limit);
  refuse([
    (!Number.isInteger(limit) || limit < 1) && `--limit is ${options.limit}, allowed is a whole number from 1 on`,
  ]);
  const { ledgerTable, runBucket } = await findResources(['ledgerTable', 'runBucket'], options, environment);
  const known = (await readRuns(createLedger(ledgerTable), runBucket)).slice(0, limit);
  return {
    json: { runs: known.map(publicPart) },
    text: known.length === 0 ? 'No run yet.' : table(COLUMNS, known, colors),
    exitCode: 0,
  };
}

/** Without what opens the page or signs its forms. */
function publicPart({ linkHash: _link, nonceKey: _key, ...run }: RunRecord): Partial<RunRecord> {
  return run;
}

const COLUMNS: readonly Column<RunRecord>[] = [
  { heading: 'Run', value: ({ runId }) => runId },
  { heading: 'Started', value: ({ startedAt }) => startedAt },
  { heading: 'Status', value: ({ status }) => status },
  { heading: 'Proposals', align: 'right', value: ({ proposalCount }) => proposalCount },
  { heading: 'Decide by', value: ({ approvalExpiresAt }) => approvalExpiresAt },
  { heading: 'Failure', value: ({ failure }) => failure?.slice(0, FAILURE_MAX_CHARS) },
];
const FAILURE_MAX_CHARS = 60;
