import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSteps } from '../../../cli/assess/open-steps.ts';

const NOW_MS = Date.parse('2026-11-28T12:00:00Z');
const HOUR_MS = 3_600_000;
const value = (found: unknown) => found;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steps-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (how: string, fresh: boolean, nowMs: number) => openSteps(folder, { how, fresh, nowMs });

it('goes on with the steps of the same options for six hours', async () => {
  const { steps } = await open('cost 5', false, NOW_MS);
  await steps.writeJson('discovered', 1);
  const again = await open('cost 5', false, NOW_MS + 5 * HOUR_MS);
  expect(again.startedAtMs).toBe(NOW_MS);
  expect(await again.steps.readJson('discovered', value)).toBe(1);
  expect((await open('cost 5', false, NOW_MS + 6 * HOUR_MS)).startedAtMs).toBe(NOW_MS + 6 * HOUR_MS);
});

it('takes no steps from under an assessment at work when another begins', async () => {
  const { steps } = await open('cost 5', false, NOW_MS);
  await steps.writeJson('discovered', 1);
  const [other, fresh] = [await open('speed 5', false, NOW_MS + 1), await open('speed 5', true, NOW_MS + 2)];
  await steps.writeJson('memory', 2);
  expect(await steps.readJson('discovered', value)).toBe(1);
  for (const { steps: theirs } of [other, fresh]) await expect(theirs.readJson('discovered', value)).rejects.toThrow();
});

it('removes what is too old to be used', async () => {
  await open('cost 5', false, NOW_MS);
  await open('cost 5', false, NOW_MS + 6 * HOUR_MS);
  expect(readdirSync(folder).toSorted()).toEqual([String(NOW_MS + 6 * HOUR_MS), 'begun']);
});
