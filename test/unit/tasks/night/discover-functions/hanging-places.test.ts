import { VirtualClock } from '../../../../../sandbox/clock/virtual-clock.ts';
import { forgetfulSettingRecords } from '../../../../../shared/clients/settings-ledger/setting-records.ts';
import { clock, useClock } from '../../../../../shared/clock.ts';
import { parseManifest } from '../../../../../shared/contracts/manifest.ts';
import type { Place } from '../../../../../shared/domain/organization/place.ts';
import { TransientError } from '../../../../../shared/errors.ts';
import { discoverFunctions } from '../../../../../tasks/night/discover-functions/discover-functions.ts';
import { listedFunction, runContext } from '../../../shared/domain/night/evidence/builders.ts';
import { memoryArtifacts } from './memory-artifacts.ts';

/** What an answer that never comes costs: five attempts of 15 s each, and the waits between them. */
const IN_VAIN_MS = 85_000;
/** The task's own. */
const TIMEOUT_MS = 900_000;
const REGION = 'us-east-1';
/** As many as a configuration may hold. */
const PLACES = Array.from({ length: 100 }, (_, at) => ({ accountId: String(200_000_000_000 + at), region: REGION }));
const WELL = PLACES.at(-1)!;
const arnIn = ({ accountId, region }: Place) => `arn:aws:lambda:${region}:${accountId}:function:pay`;

const hang = async (): Promise<never> => {
  await clock.sleep(IN_VAIN_MS);
  throw new TransientError('no answer');
};

/** A night over a hundred places, of which all but one hang in what the test says. */
async function discover(hangs: 'Functions' | 'Tags') {
  const virtual = new VirtualClock(0);
  const restore = useClock(virtual);
  const artifacts = memoryArtifacts();
  const isWell = (place?: Place) => place === undefined || place === WELL;
  const dependencies = {
    catalog: {
      listFunctions: async (place?: Place) => {
        if (hangs === 'Functions' && !isWell(place)) return hang();
        return place === undefined ? [] : [listedFunction({ functionName: arnIn(place) })];
      },
    },
    tags: { listFunctionTags: async (place?: Place) => (hangs === 'Tags' && !isWell(place) ? hang() : new Map()) },
    ledger: { getFunctions: async () => new Map(), markRevertedByDeploy: async () => {} },
    looks: { read: async () => ({}) },
    coldStartSettings: forgetfulSettingRecords(),
    ...{ artifacts, stackName: 'Rightsizer', places: PLACES },
  };
  try {
    const output = await virtual.complete(() => discoverFunctions({ run: runContext() }, dependencies));
    return { tookMs: virtual.now(), manifest: parseManifest(artifacts.objects[output.manifestKey]), output };
  } finally {
    restore();
  }
}

it.each(['Functions', 'Tags'] as const)(
  'is done in time where 99 of 100 places never tell their %s',
  async (source) => {
    const { tookMs, manifest, output } = await discover(source);
    expect(tookMs).toBeLessThan(TIMEOUT_MS / 2);
    expect(manifest.map(({ functionName }) => functionName)).toEqual([arnIn(WELL)]);
    expect(output.unavailableSources).toHaveLength(99);
  },
);
