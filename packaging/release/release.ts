import { type ReleaseFacts, releaseProblems } from './release-problems.ts';
import { publishingSteps, releaseSteps } from './release-steps.ts';

export interface ReleaseWorld {
  facts: ReleaseFacts;
  say(text: string): void;
  /** Runs one line of bash on this terminal. @throws Error where it ends with anything but 0 */
  run(line: string): void;
}

/**
 * Makes the release of this checkout, or with `dryRun` says what that would do and does none of it. Nothing is published.
 *
 * @returns whether there is, or could be, a release
 */
export function release(dryRun: boolean, { facts, say, run }: ReleaseWorld): boolean {
  const { version } = facts;
  const problems = releaseProblems(facts);
  for (const problem of problems) say(`✘ ${problem}`);
  if (problems.length === 0) say(`✔ ${version} can be released`);
  if (problems.length > 0 && !dryRun) return false;
  const steps = releaseSteps(version);
  for (const [ordinal, { what, line }] of steps.entries()) {
    say(`${ordinal + 1}/${steps.length} ${what}\n    ${line}`);
    if (!dryRun) run(line);
  }
  say(dryRun ? 'Nothing was run. A release leaves to you:' : 'Made, not published. What is left to you:');
  for (const { what, line } of publishingSteps(version)) say(`  ${what}\n    ${line}`);
  return problems.length === 0;
}
