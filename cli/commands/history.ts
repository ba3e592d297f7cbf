import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { parseLimit } from '../input/limit.ts';
import { CHANGE_COLUMN, CHANGE_FIELDS, DECIDED_BY_COLUMN, MONEY_COLUMNS } from '../output/change-columns.ts';
import { flatTable } from '../output/csv.ts';
import { type Column, table } from '../output/table.ts';
import { changesOfFunction, changesOfNights, type PastChange } from '../runs/change-history.ts';
import { readNights } from '../runs/read-nights.ts';

export interface HistoryOptions extends PlaceOptions {
  limit: string;
}

/** What was changed, newest first: of one function as long as the ledger remembers, of all as long as reports are kept. */
export async function history(
  functionName: string | undefined,
  options: HistoryOptions,
  { environment, colors, widthChars }: Pick<Terminal, 'environment' | 'colors' | 'widthChars'>,
): Promise<CommandResult> {
  const limit = parseLimit(options.limit);
  const all = await read(functionName, options, environment);
  const changes = all.slice(0, limit);
  const left = all.length - changes.length;
  return {
    json: { changeCount: all.length, changes },
    text:
      all.length === 0
        ? `No change${functionName === undefined ? ' in any report that is kept' : ` of ${functionName}`} yet.`
        : table(COLUMNS, changes, colors, widthChars) + (left > 0 ? `\n\n${left} older; see --limit.` : ''),
    flat: flatTable(FIELDS, changes),
    exitCode: 0,
  };
}

async function read(
  functionName: string | undefined,
  options: HistoryOptions,
  environment: Terminal['environment'],
): Promise<PastChange[]> {
  if (functionName === undefined) {
    const { runBucket } = await findResources(['runBucket'], options, environment);
    return changesOfNights(await readNights(runBucket));
  }
  const { ledgerTable } = await findResources(['ledgerTable'], options, environment);
  return changesOfFunction(createLedger(ledgerTable), functionName);
}

const COLUMNS: readonly Column<PastChange>[] = [
  { heading: 'When', value: ({ at }) => at.slice(0, 16).replace('T', ' ') },
  { heading: 'Function', value: ({ functionName }) => functionName },
  CHANGE_COLUMN,
  { heading: 'Ended as', value: ({ endedAs }) => endedAs },
  ...MONEY_COLUMNS,
  DECIDED_BY_COLUMN,
  { heading: 'Why', value: ({ reason }) => reason },
];

const FIELDS: Parameters<typeof flatTable<PastChange>>[0] = {
  at: ({ at }) => at,
  functionName: ({ functionName }) => functionName,
  runId: ({ runId }) => runId,
  endedAs: ({ endedAs }) => endedAs,
  ...CHANGE_FIELDS,
};
