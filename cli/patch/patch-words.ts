import { printable } from '../output/table.ts';
import type { FunctionPatch } from './patch-sources.ts';
import { spoken } from './text/position.ts';

const UNITS = { memory: 'MB', timeout: 's' } as const;

/** One line about one function, and one for each note. */
export function patchInWords({ change, result, place, edits, notes, reason }: FunctionPatch): string {
  const name = change.functionName;
  if (result === 'refused') return printable(`✘ ${name}: ${reason}`);
  if (result === 'unchanged') return printable(`✔ ${name}: ${spoken(place!)} says so already`);
  const said = edits.map(
    ({ setting, from, to, place: at }) => `${spoken(at)} ${setting} ${from ?? 'not said'} → ${to} ${UNITS[setting]}`,
  );
  return [`✔ ${name}: ${said.join(', ')}`, ...notes.map((note) => `  note: ${note}`)].map(printable).join('\n');
}

/** The same for programs: characters and files are in the diff. */
export function patchAsJson({ change, result, place, edits, notes, reason }: FunctionPatch): Record<string, unknown> {
  const { functionName, runId } = change;
  return {
    ...{ functionName, runId, result },
    ...(place && { file: place.file, line: place.line }),
    edits: edits.map(({ setting, from, to, place: at }) => ({ setting, from, to, ...at })),
    notes,
    ...(reason && { reason }),
  };
}
