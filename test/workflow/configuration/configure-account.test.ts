import {
  type ConfigureDemoResult,
  changesOf,
  runConfigureDemo,
} from '../../../sandbox/demos/configuration/run-configure-demo.ts';

/** The synthesized configuration workflows, executed with the real handlers over a mixed account in memory. */
const options = { functions: 40, seed: 1, undo: true, json: true } as const;
let result: ConfigureDemoResult;

beforeAll(async () => {
  result = await runConfigureDemo({ ...options, mode: 'classes' });
});

const reasonsOf = (report: { skipped: { reason: string }[] }) => report.skipped.map(({ reason }) => reason).join('\n');

it('scales what is tagged: functions, tables, indexes and provisioned concurrency', () => {
  const settings = new Set(
    result.autoScaling.created.map(
      ({ resource, setting }) => `${resource.split('/')[0]!.split(':')[0]} ${setting.split('/')[0]}`,
    ),
  );
  expect(settings).toEqual(
    new Set(['function reserved-concurrency', 'table read', 'table write', 'function provisioned']),
  );
  expect(result.autoScaling.created.map(({ resource }) => resource)).toContain('table/Orders/index/by-customer');
});

it('leaves the others alone and says why', () => {
  const reasons = reasonsOf(result.autoScaling);
  for (const part of ['not tagged', 'on-demand', 'set by its owner', 'switched it off', 'tagged rightsizer:exclude']) {
    expect(reasons).toContain(part);
  }
  for (const part of ['no class', 'class batch', 'withWarmUp()', 'needs an alias']) {
    expect(reasonsOf(result.coldStart)).toContain(part);
  }
});

it('provisions and warms by class', () => {
  const settings = new Set(result.coldStart.created.map(({ setting }) => setting.split(':')[0]));
  expect(settings).toEqual(new Set(['provisioned-concurrency', 'warm-up']));
});

it('changes nothing the second time', () => {
  expect(changesOf(result.second)).toBe(0);
  expect(result.second.autoScaling.counts.unchanged).toBe(result.autoScaling.counts.created);
});

it('undoes all of it', () => {
  expect(result.undone!.autoScaling.counts).toMatchObject({ removed: result.autoScaling.counts.created, failed: 0 });
  expect(result.undone!.coldStart.counts).toMatchObject({ removed: result.coldStart.counts.created, failed: 0 });
});

it('decides by measurement where asked, shows the sums, and changes nothing the second time either', async () => {
  const measured = await runConfigureDemo({ ...options, undo: false, mode: 'measured' });
  expect(measured.coldStart.advice.some(({ arithmetic }) => arithmetic.length > 1)).toBe(true);
  expect(measured.coldStart.counts.created).toBeLessThan(result.coldStart.counts.created);
  expect(changesOf(measured.second)).toBe(0);
});
