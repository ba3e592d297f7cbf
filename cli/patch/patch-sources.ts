import type { Definition, Place, SourceFile } from './definition.ts';
import { definitionsIn } from './dialects/dialects.ts';
import { type Found, locate } from './locate/locate.ts';
import { type PlannedEdit, planEdits } from './plan-edits.ts';
import { applyEdits } from './text/apply-edits.ts';
import { spoken } from './text/position.ts';
import { unifiedDiff } from './text/unified-diff.ts';
import type { WantedChange } from './wanted-change.ts';

/** What came of one function: `unchanged` where its source says the new values already. */
export interface FunctionPatch {
  change: WantedChange;
  result: 'patched' | 'unchanged' | 'refused';
  place?: Place;
  edits: readonly PlannedEdit[];
  notes: readonly string[];
  reason?: string;
}

export interface Patched {
  functions: FunctionPatch[];
  /** Files that change, with their new text. */
  files: { file: SourceFile; text: string }[];
  diff: string;
  /** Files that may define functions and could not be read, with why. */
  unreadable: string[];
}

/** The diff that makes the sources say what was changed in production; decides by what it is given, and writes nothing. */
export async function patchSources(changes: readonly WantedChange[], files: readonly SourceFile[]): Promise<Patched> {
  const { definitions, unreadable } = await definitionsIn(files);
  const targets = changes.map((change) => ({ change, located: locate(change, definitions, files) }));
  const meantBy = Map.groupBy(targets, ({ located }) => ('definition' in located ? located.definition : undefined));
  const decided = targets.map(({ change, located }) => {
    if ('refused' in located) return { functions: refused(change, located.refused) };
    const rivals = (meantBy.get(located.definition) ?? []).filter((each) => each.change !== change);
    return rivals.length > 0
      ? { functions: refused(change, contested(located.definition, rivals)) }
      : { functions: planned(change, located, files), file: located.definition.file };
  });
  const changed = changedFiles(decided);
  return {
    functions: decided.map(({ functions }) => functions),
    files: changed,
    unreadable,
    diff: changed.map(({ file, text }) => unifiedDiff(file, text)).join(''),
  };
}

const refused = (change: WantedChange, reason: string): FunctionPatch => ({
  ...{ change, result: 'refused', edits: [], notes: [] },
  reason,
});

const contested = ({ place }: Definition, rivals: readonly { change: WantedChange }[]): string =>
  `${spoken(place)} also fits ${rivals.map(({ change }) => change.functionName).join(', ')}`;

function planned(change: WantedChange, found: Found, files: readonly SourceFile[]): FunctionPatch {
  const plan = planEdits(found, change, files);
  if ('refused' in plan) return refused(change, plan.refused);
  const { place } = found.definition;
  return { change, result: plan.edits.length > 0 ? 'patched' : 'unchanged', place, ...plan };
}

function changedFiles(decided: readonly { functions: FunctionPatch; file?: SourceFile }[]): Patched['files'] {
  return [...Map.groupBy(decided, ({ file }) => file)].flatMap(([file, members]) => {
    const edits = members.flatMap(({ functions }) => functions.edits.map(({ edit }) => edit));
    return file === undefined || edits.length === 0 ? [] : [{ file, text: applyEdits(file.text, edits) }];
  });
}
