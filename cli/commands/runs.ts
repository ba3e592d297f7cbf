import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import type { RunRecord } from '../../shared/contracts/ledger.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { parseLimit } from '../input/limit.ts';
import { flatTable } from '../output/csv.ts';
import { type Column, table } from '../output/table.ts';
import { readRuns } from '../runs/read-runs.ts';

export interface RunsOptions extends PlaceOptions {
  limit: string;
}

/** The runs the ledger knows, newest first. */
export async function runs(
  options: RunsOptions,
  { environment, colors, widthChars }: Pick<Terminal, 'environment' | 'colors' | 'widthChars'>,
): Promise<CommandResult> {
  const limit = parseLimit(options.limit);
  const { ledgerTable, runBucket } = await findResources(['ledgerTable', 'runBucket'], options, environment);
  const known = (await readRuns(createLedger(ledgerTable), runBucket)).slice(0, limit);
  return {
    json: { runs: known.map(publicPart) },
    text: known.length === 0 ? 'No run yet.' : table(COLUMNS, known, colors, widthChars),
    flat: flatTable(FIELDS, known),
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

const FIELDS: Parameters<typeof flatTable<RunRecord>>[0] = {
  runId: ({ runId }) => runId,
  runDate: ({ runDate }) => runDate,
  trigger: ({ trigger }) => trigger,
  startedAt: ({ startedAt }) => startedAt,
  status: ({ status }) => status,
  proposalCount: ({ proposalCount }) => proposalCount,
  approvalExpiresAt: ({ approvalExpiresAt }) => approvalExpiresAt,
  failure: ({ failure }) => failure,
};
