import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { problemOfRunId } from '../input/run-id.ts';
import { refuse } from '../input/usage-error.ts';
import { printable } from '../output/table.ts';
import { type Patched, patchSources } from '../patch/patch-sources.ts';
import { patchAsJson, patchInWords } from '../patch/patch-words.ts';
import { changesOfFunctions, changesOfRun, type ReadChanges } from '../patch/read-changes.ts';
import { baseOf, problemOfDirectory, readSources } from '../patch/read-sources.ts';
import { whole } from '../patch/text/unified-diff.ts';
import { readReport } from '../runs/read-report.ts';

export interface PatchOptions extends PlaceOptions {
  run?: string;
  function?: string[];
  write?: boolean;
  json?: boolean;
}

/**
 * Prints the diff that makes sources say what was changed in production, so that the next deployment does not take it
 * back; what became of each function is said on stderr. Exit code 1 when one of them could not be patched.
 */
export async function patch(
  directory: string,
  options: PatchOptions,
  { environment, stderr }: Pick<Terminal, 'environment' | 'stderr'>,
): Promise<CommandResult> {
  const { run, function: functionNames = [], write = false, json = false } = options;
  refuse([
    run === undefined && functionNames.length === 0 && 'name a run with --run, or functions with --function',
    run !== undefined && problemOfRunId(run),
    run !== undefined && functionNames.length > 0 && 'give either --run or --function, not both',
    problemOfDirectory(directory, process.cwd()),
  ]);
  const { files, skipped } = readSources(directory, process.cwd());
  const { changes, without } = await readChanges(options, environment);
  const patched = await patchSources(changes, files);
  if (write) writeFiles(patched, baseOf(directory, process.cwd()));
  const ignored = [...skipped, ...patched.unreadable];
  const refused = [...patched.functions.filter(({ result }) => result === 'refused'), ...without];
  if (!json) stderr.write(inWords(patched, without, ignored));
  return {
    json: { ...asJson(patched, without), skipped: ignored, written: write },
    text: patched.diff.replace(/\n$/, ''),
    exitCode: refused.length === 0 ? 0 : 1,
  };
}

async function readChanges(options: PatchOptions, environment: Terminal['environment']): Promise<ReadChanges> {
  const { run, function: functionNames = [] } = options;
  if (run === undefined) {
    const { ledgerTable } = await findResources(['ledgerTable'], options, environment);
    return changesOfFunctions(createLedger(ledgerTable), functionNames);
  }
  const { ledgerTable, runBucket } = await findResources(['ledgerTable', 'runBucket'], options, environment);
  return changesOfRun(createLedger(ledgerTable), await readReport(runBucket, run));
}

function writeFiles({ files }: Patched, base: string): void {
  for (const { file, text } of files) writeFileSync(path.join(base, file.path), whole(file, text));
}

function inWords({ functions }: Patched, without: ReadChanges['without'], ignored: readonly string[]): string {
  const lines = [
    ...ignored.map((each) => printable(`not read: ${each}`)),
    ...functions.map(patchInWords),
    ...without.map(({ functionName, reason }) => printable(`✘ ${functionName}: ${reason}`)),
  ];
  return lines.length === 0 ? 'Nothing was changed that stands.\n' : `${lines.join('\n')}\n`;
}

function asJson({ functions, diff }: Patched, without: ReadChanges['without']): Record<string, unknown> {
  const others = without.map((each) => ({ ...each, result: 'refused', edits: [], notes: [] }));
  return { functions: [...functions.map(patchAsJson), ...others], diff };
}
