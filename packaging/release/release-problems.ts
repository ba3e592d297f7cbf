import { sectionOf } from './changelog.ts';

/** What a release is decided by. */
export interface ReleaseFacts {
  /** As package.json has it. */
  version: string;
  /** As package-lock.json has it. */
  lockedVersion: string;
  changelog: string;
  /** Lines of `git status --porcelain`. */
  changedFiles: readonly string[];
  /** All tags of the repository. */
  tags: readonly string[];
}

const VERSION = /^\d+\.\d+\.\d+$/;

export const tagOf = (version: string): string => `v${version}`;

/** Why there can be no release of this checkout, all reasons at once; empty where there can. */
export function releaseProblems({ version, lockedVersion, changelog, changedFiles, tags }: ReleaseFacts): string[] {
  const section = sectionOf(changelog, version);
  const problems: [isProblem: boolean, text: string][] = [
    [!VERSION.test(version), `package.json says version ${version}; a release is three numbers, such as 1.2.3`],
    [
      lockedVersion !== version,
      `package-lock.json says version ${lockedVersion}, package.json ${version}: run npm install`,
    ],
    [section === undefined, `CHANGELOG.md has no section "## [${version}] - <date>"`],
    [section !== undefined && section.date === undefined, `the section ${version} of CHANGELOG.md has no date`],
    [section?.notes === '', `the section ${version} of CHANGELOG.md is empty`],
    [
      sectionOf(changelog, 'Unreleased') === undefined,
      'CHANGELOG.md has no section "## [Unreleased]" for what comes next',
    ],
    [tags.includes(tagOf(version)), `${tagOf(version)} was released already: raise the version`],
    [changedFiles.length > 0, `the working tree is not clean:\n    ${changedFiles.join('\n    ')}`],
  ];
  return problems.flatMap(([isProblem, text]) => (isProblem ? [text] : []));
}
