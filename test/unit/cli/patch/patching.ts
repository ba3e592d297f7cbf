import type { SourceFile } from '../../../../cli/patch/definition.ts';
import { type Patched, patchSources } from '../../../../cli/patch/patch-sources.ts';
import type { WantedChange } from '../../../../cli/patch/wanted-change.ts';

/** A change of memory from 1,024 to 512 MB, unless it is told otherwise. */
export function wanted(overrides: Partial<WantedChange> = {}): WantedChange {
  return {
    functionName: 'orders-api',
    runId: 'scheduled-2026-11-23',
    before: { memorySizeMb: 1024, timeoutSeconds: 30 },
    after: { memorySizeMb: 512, timeoutSeconds: 30 },
    ...overrides,
  };
}

/** The same with a timeout that goes from 30 to `timeoutSeconds`. */
export const wantedTimeout = (timeoutSeconds: number, overrides: Partial<WantedChange> = {}): WantedChange =>
  wanted({ after: { memorySizeMb: 512, timeoutSeconds }, ...overrides });

export const sourceFile = (path: string, text: string): SourceFile => ({ path, text, byteOrderMark: false });

/** One file's text after the changes, or every refusal. */
export async function patchedText(path: string, text: string, ...changes: WantedChange[]): Promise<string | string[]> {
  return textOrRefusals(await patchSources(changes, [sourceFile(path, text)]), text);
}

export function textOrRefusals({ functions, files }: Patched, unchanged: string): string | string[] {
  const reasons = functions.flatMap(({ reason }) => reason ?? []);
  return reasons.length > 0 ? reasons : (files[0]?.text ?? unchanged);
}
