import * as v from 'valibot';
import { forgetfulSettingRecords } from '../../../../../shared/clients/settings-ledger/setting-records.ts';
import type { FunctionRecord } from '../../../../../shared/contracts/ledger.ts';
import type { Looks } from '../../../../../shared/contracts/look.ts';
import { discoverFunctionsOutputSchema, parseManifest } from '../../../../../shared/contracts/manifest.ts';
import type { ListedFunction } from '../../../../../shared/domain/night/eligibility/listed-function.ts';
import { discoverFunctions } from '../../../../../tasks/night/discover-functions/discover-functions.ts';
import { arnOf, functionRecord, listedFunction, runContext } from '../../../shared/domain/night/evidence/builders.ts';
import { memoryArtifacts } from './memory-artifacts.ts';

function night(
  listed: ListedFunction[],
  tags: Record<string, Record<string, string>> = {},
  records: FunctionRecord[] = [],
  remembered: Looks = {},
) {
  const artifacts = memoryArtifacts();
  const reverted: string[] = [];
  const looks: number[] = [];
  const dependencies = {
    catalog: { listFunctions: async () => listed },
    tags: { listFunctionTags: async () => new Map(Object.entries(tags).map(([name, own]) => [arnOf(name), own])) },
    ledger: {
      getFunctions: async (names: readonly string[]) => {
        looks.push(names.length);
        return new Map(records.map((record) => [record.functionName, record]));
      },
      markRevertedByDeploy: async (name: string) => void reverted.push(name),
    },
    looks: { read: async () => remembered },
    coldStartSettings: forgetfulSettingRecords(),
    artifacts,
    stackName: 'Rightsizer',
  };
  const discover = (run = runContext()) => discoverFunctions({ run }, dependencies);
  return { discover, artifacts, reverted, looks, dependencies };
}
const named = (functionName: string) => listedFunction({ functionName });
const lastWritten = { memorySizeMb: 512, timeoutSeconds: 30, at: '2026-11-20T03:00:00.000Z', runId: 'r' };

it('marks what our own schedules keep warm, by the settings they were written from', async () => {
  const { discover, artifacts, dependencies } = night([named('a'), named('b'), named('c')]);
  const at = '2026-11-20T00:00:00.000Z';
  const written = { qualifier: '$LATEST', everyMinutes: 5, environments: 2 };
  const kept = { key: 'function/a/warm-up', resource: 'function a', before: null, written, basis: '', at };
  await dependencies.coldStartSettings.put(kept);
  await dependencies.coldStartSettings.put({ ...kept, key: 'function/b/warm-up', undoneAt: at });
  const { manifestKey } = await discover();
  const manifest = parseManifest(artifacts.objects[manifestKey]);
  expect(manifest.map(({ warmUps }) => warmUps)).toEqual([{ callsPerDay: 576, since: at }, undefined, undefined]);
});

describe('discoverFunctions', () => {
  it('writes every function exactly once, into the manifest or the exclusions', async () => {
    const { discover, artifacts } = night([named('b'), named('a'), named('c')], {
      b: { 'rightsizer:exclude': 'true' },
    });
    const output = await discover();
    expect(v.parse(discoverFunctionsOutputSchema, output)).toEqual(output);
    expect(output).toMatchObject({ functionCount: 2, excludedCount: 1 });
    expect(parseManifest(artifacts.objects[output.manifestKey]).map((each) => each.functionName)).toEqual(['a', 'c']);
    expect(artifacts.objects[output.exclusionsKey]).toMatchObject([{ functionName: 'b', reason: 'OptedOut' }]);
    expect(output.manifestKey).toBe('runs/scheduled-2026-11-23/manifest.json');
  });

  it('counts a function that came on two pages once', async () => {
    const { discover } = night([named('a'), named('a')]);
    await expect(discover()).resolves.toMatchObject({ functionCount: 1, excludedCount: 0 });
  });

  it('notes in the ledger that a deployment reverted our change, and excludes the function', async () => {
    const { discover, reverted, artifacts } = night([named('orders')], {}, [functionRecord({ lastWritten })]);
    const output = await discover();
    expect(reverted).toEqual(['orders']);
    expect(artifacts.objects[output.exclusionsKey]).toMatchObject([{ reason: 'RevertedByDeploy' }]);
  });

  it.each<[string, Partial<FunctionRecord>, object]>([
    ['in a dry run', { lastWritten }, { dryRun: true }],
    ['of a function that has rested since', { revertedByDeployAt: '2026-11-20T02:00:00.000Z' }, {}],
    ['of a function out of scope', { lastWritten }, { scope: { functionNames: ['other'] } }],
  ])('writes nothing into the ledger %s', async (_what, record, changes) => {
    const { discover, reverted } = night([named('orders')], {}, [functionRecord(record)]);
    await expect(discover(runContext(changes))).resolves.toMatchObject({ functionCount: 0, excludedCount: 1 });
    expect(reverted).toEqual([]);
  });

  it('goes on where the ledger refuses to be told of a reverted change; the next night finds the same', async () => {
    const { discover, dependencies } = night([named('orders')], {}, [functionRecord({ lastWritten })]);
    dependencies.ledger.markRevertedByDeploy = async () => Promise.reject(new Error('denied'));
    await expect(discover()).resolves.toMatchObject({
      excludedCount: 1,
      unavailableSources: [{ source: 'History', reason: 'denied' }],
    });
  });

  it('leaves every function alone, by name, whose history cannot be read', async () => {
    const { discover, dependencies, artifacts } = night([named('a'), named('b')]);
    dependencies.ledger.getFunctions = async () => Promise.reject(new Error('AWS denied dynamodb:BatchGetItem'));
    const output = await discover();
    expect(output).toMatchObject({ functionCount: 0, unavailableSources: [{ source: 'History' }] });
    expect(artifacts.objects[output.exclusionsKey]).toMatchObject([
      { functionName: 'a', reason: 'SourceUnavailable', message: expect.stringContaining('dynamodb:BatchGetItem') },
      { functionName: 'b', reason: 'SourceUnavailable' },
    ]);
  });

  it('rejects an input without a run', async () => {
    const { discover } = night([]);
    await expect(discover({} as never)).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it('sorts 10,000 functions with one look into the ledger', async () => {
    const { discover, looks } = night(Array.from({ length: 10_000 }, (_, index) => named(`f${index}`)));
    await expect(discover()).resolves.toMatchObject({ functionCount: 10_000 });
    expect(looks).toEqual([10_000]);
  });
});
