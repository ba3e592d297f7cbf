import { release } from '../../../../packaging/release/release.ts';
import type { ReleaseFacts } from '../../../../packaging/release/release-problems.ts';
import { releaseSteps } from '../../../../packaging/release/release-steps.ts';

const READY: ReleaseFacts = {
  version: '1.1.0',
  lockedVersion: '1.1.0',
  changelog: '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-11-28\n\n- A thing.\n',
  changedFiles: [],
  tags: [],
};
const DIRTY: ReleaseFacts = { ...READY, changedFiles: [' M README.md'] };
const STEPS = releaseSteps('1.1.0').map(({ line }) => line);

function attempt(dryRun: boolean, facts: ReleaseFacts, failing?: string) {
  const said: string[] = [];
  const ran: string[] = [];
  const run = (line: string) => {
    ran.push(line);
    if (line === failing) throw new Error(`${line} ended with 1`);
  };
  const outcome = () => release(dryRun, { facts, say: (text) => said.push(text), run });
  return { outcome, ran, text: () => said.join('\n') };
}

it('runs every step in order, the checks first and the tag last, and publishes nothing', () => {
  const { outcome, ran, text } = attempt(false, READY);
  expect(outcome()).toBe(true);
  expect(ran).toEqual(STEPS);
  expect([ran[0], ran.at(-1)]).toEqual(['.ci/run', expect.stringContaining('git tag')]);
  expect(ran.filter((line) => /git push|npm publish/.test(line))).toEqual([]);
  expect(text()).toMatch(/left to you:[\s\S]*git push origin v1\.1\.0[\s\S]*npm publish/);
});

it('runs nothing in a dry run, and prints every step', () => {
  const { outcome, ran, text } = attempt(true, READY);
  expect(outcome()).toBe(true);
  expect(ran).toEqual([]);
  expect(STEPS.filter((line) => !text().includes(line))).toEqual([]);
});

it('says in a dry run what stands against a release', () => {
  const { outcome, ran, text } = attempt(true, DIRTY);
  expect(outcome()).toBe(false);
  expect(ran).toEqual([]);
  expect(text()).toContain('the working tree is not clean');
});

it('refuses before the first step where something stands against it', () => {
  const { outcome, ran } = attempt(false, DIRTY);
  expect(outcome()).toBe(false);
  expect(ran).toEqual([]);
});

it('fails at a check that fails, before anything is made', () => {
  const { outcome, ran } = attempt(false, READY, '.ci/run');
  expect(outcome).toThrow('.ci/run ended with 1');
  expect(ran).toEqual(['.ci/run']);
});
