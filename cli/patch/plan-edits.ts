import type { Edit, Place, Setting, SourceFile, WritableSite } from './definition.ts';
import { whyFixed } from './locate/declared-at.ts';
import type { Found } from './locate/locate.ts';
import { spoken } from './text/position.ts';
import type { WantedChange } from './wanted-change.ts';

/** One value as it goes into a source. */
export interface PlannedEdit {
  setting: Setting;
  place: Place;
  /** Absent where the source said nothing so far. */
  from?: number;
  to: number;
  edit: Edit;
}

export type Plan = { edits: PlannedEdit[]; notes: string[] } | { refused: string };

const SETTINGS = {
  memory: (change: WantedChange) => [change.before.memorySizeMb, change.after.memorySizeMb] as const,
  timeout: (change: WantedChange) => [change.before.timeoutSeconds, change.after.timeoutSeconds] as const,
};

const LIKENESS = 'found by likeness and by the value that it says, not by a name or a stack that the sources spell';

/** The edits that one function's change needs: all of them, or a refusal that names every obstacle. */
export function planEdits({ definition, match }: Found, change: WantedChange, files: readonly SourceFile[]): Plan {
  const steps = (['memory', 'timeout'] as const).map((setting) => {
    const site = definition.sites[setting];
    return site.kind === 'fixed'
      ? planFixed(setting, change, whyFixed(site, files))
      : planWritable(setting, site, match, change);
  });
  const problems = steps.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) return { refused: [...new Set(problems)].join('; ') };
  const edits = steps.flatMap(({ edit }) => edit ?? []);
  const likeness = match === 'like' && edits.length > 0 ? [LIKENESS] : [];
  return { edits, notes: [...likeness, ...steps.flatMap(({ note }) => note ?? [])] };
}

interface Step {
  edit?: PlannedEdit;
  note?: string;
  problem?: string;
}

/** What cannot be written is a problem only where it has to be. */
function planFixed(setting: Setting, change: WantedChange, problem: string): Step {
  const [before, to] = SETTINGS[setting](change);
  return before === to ? {} : { problem };
}

function planWritable(setting: Setting, site: WritableSite, match: Found['match'], change: WantedChange): Step {
  const [before, to] = SETTINGS[setting](change);
  const { place, value: from } = site;
  if (before === to || from === to) return {};
  const edit = { setting, place, ...(from !== undefined && { from }), to, edit: site.edit(to) };
  // What is not said is inherited, from a default that others share; a name alone is too little to trust that.
  if (from === before || (from === undefined && match === 'exact')) return { edit };
  const said = from === undefined ? `no ${setting}` : `${setting} ${from}`;
  return match === 'like'
    ? { problem: `${spoken(place)} only resembles it, and says ${said} instead of ${before}` }
    : { edit, note: `${spoken(place)} says ${said}; the change was from ${before}` };
}
