import { gatherFacts } from '../../../../packaging/release/gather-facts.ts';
import { type ReleaseFacts, releaseProblems } from '../../../../packaging/release/release-problems.ts';

const READY: ReleaseFacts = {
  version: '1.1.0',
  lockedVersion: '1.1.0',
  changelog: '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-11-28\n\n- A thing.\n',
  changedFiles: [],
  tags: ['v1.0.0'],
};

it('finds nothing against a checkout that is ready', () => {
  expect(releaseProblems(READY)).toEqual([]);
});

it.each<[string, Partial<ReleaseFacts>, RegExp]>([
  ['a changed file', { changedFiles: [' M README.md'] }, /not clean:\n +M README.md/],
  ['a version that was released', { tags: ['v1.0.0', 'v1.1.0'] }, /v1\.1\.0 was released already/],
  ['a lock file of another version', { lockedVersion: '1.0.0' }, /package-lock\.json says version 1\.0\.0/],
  ['a changelog without the version', { changelog: '## [Unreleased]\n' }, /no section "## \[1\.1\.0\]/],
  ['a section without a date', { changelog: '## [Unreleased]\n\n## [1.1.0]\n\n- A thing.\n' }, /has no date/],
  ['an empty section', { changelog: '## [Unreleased]\n\n## [1.1.0] - 2026-11-28\n' }, /is empty/],
  [
    'a changelog with no place for what comes next',
    { changelog: '## [1.1.0] - 2026-11-28\n\n- A.\n' },
    /"## \[Unreleased\]"/,
  ],
  ['a version that is no release', { version: '1.1.0-rc.1', lockedVersion: '1.1.0-rc.1' }, /three numbers/],
])('names %s', (_, changed, problem) => {
  expect(releaseProblems({ ...READY, ...changed }).filter((each) => problem.test(each))).toHaveLength(1);
});

it('names every problem at once', () => {
  expect(releaseProblems({ ...READY, changedFiles: ['?? a'], tags: ['v1.1.0'], lockedVersion: '1.0.0' })).toHaveLength(
    3,
  );
});

it('finds the version of this checkout in its changelog and lock file', () => {
  // Whether it was released, or is being worked on, says nothing about these.
  expect(releaseProblems({ ...gatherFacts(), changedFiles: [], tags: [] })).toEqual([]);
});
