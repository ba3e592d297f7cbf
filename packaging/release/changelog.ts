/** What a changelog in the form of Keep a Changelog says of one version. */
export interface ChangelogSection {
  /** ISO date; undefined where the heading has none. */
  date: string | undefined;
  /** Everything below the heading, trimmed. */
  notes: string;
}

/** The section headed `## [<version>] - <date>`; undefined where the changelog has none. */
export function sectionOf(changelog: string, version: string): ChangelogSection | undefined {
  for (const section of changelog.split(/^(?=## )/m)) {
    const [, name, date] = /^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?\s*$/m.exec(section.split('\n')[0] ?? '') ?? [];
    if (name === version) return { date, notes: section.slice(section.indexOf('\n') + 1).trim() };
  }
  return undefined;
}
