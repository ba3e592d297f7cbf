import { findResources } from '../clients/stack-resources.ts';
import { createTableItems } from '../clients/table-items.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { refuse } from '../input/usage-error.ts';
import { recordsToCopy } from '../restore-ledger/records-to-copy.ts';

export interface RestoreLedgerOptions extends PlaceOptions {
  from?: string;
  overwrite?: boolean;
}

/** Writes in flight at once; an on-demand table takes many times as many. */
const CONCURRENT_WRITES = 10;

/**
 * Copies another ledger's records into the stack's: that of a stack that was deleted, or one that was restored to a
 * point in time. What the stack's own ledger holds is newer and stays, unless it is to be overwritten.
 */
export async function restoreLedger(
  options: RestoreLedgerOptions,
  { environment }: Pick<Terminal, 'environment'>,
  nowMs: number,
): Promise<CommandResult> {
  const { from, overwrite = false } = options;
  refuse([from === undefined && '--from is missing: the table to copy from']);
  const { ledgerTable } = await findResources(['ledgerTable'], options, environment);
  refuse([from === ledgerTable && `--from ${from} is the stack's own ledger; name the table to copy from`]);
  const table = createTableItems();
  const items = await table.readAll(from!);
  const groups = recordsToCopy(items, from!, nowMs);
  const copied = [];
  for (const records of groups)
    copied.push(...(await writeEach(records, (record) => table.put(ledgerTable, record, overwrite))));
  const counts = {
    copied: copied.filter(Boolean).length,
    kept: copied.filter((isCopied) => !isCopied).length,
    outlived: items.length - copied.length,
  };
  return {
    json: { from, to: ledgerTable, ...counts },
    text: `${counts.copied} records copied from ${from} to ${ledgerTable}; ${counts.kept} stood there already, ${counts.outlived} had outlived their use.`,
    exitCode: 0,
  };
}

async function writeEach<Record>(records: readonly Record[], write: (record: Record) => Promise<boolean>) {
  const written: boolean[] = [];
  for (let start = 0; start < records.length; start += CONCURRENT_WRITES)
    written.push(...(await Promise.all(records.slice(start, start + CONCURRENT_WRITES).map(write))));
  return written;
}
