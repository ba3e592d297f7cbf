import type { StandingConsent } from '../../../../../../shared/contracts/ledger.ts';
import { manifestEntrySchema, parseManifest } from '../../../../../../shared/contracts/manifest.ts';
import { manifestEntry } from '../../../../../../shared/domain/night/eligibility/manifest-entry.ts';
import { functionRecord, listedFunction } from '../evidence/builders.ts';

const NOW = new Date('2026-11-28T02:00:00Z');

describe('manifestEntry', () => {
  it('passes the manifest contract', () => {
    const entry = manifestEntry(
      listedFunction({ runtimeMemoryFloorMb: 400, systemLogLevel: 'INFO' }),
      { team: 'x' },
      undefined,
      NOW,
    );
    expect(parseManifest([entry])).toEqual([entry]);
    expect(Object.keys(entry).every((key) => key in manifestEntrySchema.entries)).toBe(true);
  });

  it('takes baseline and observations from the ledger, and the live size where it knows nothing', () => {
    const observations = [{ memorySizeMb: 2048, invocations: 10, meanDurationMs: 5 }];
    const known = manifestEntry(
      listedFunction(),
      {},
      functionRecord({ baselineMemorySizeMb: 2048, observations }),
      NOW,
    );
    expect(known).toMatchObject({ baselineMemorySizeMb: 2048, observations });
    expect(manifestEntry(listedFunction(), {}, undefined, NOW)).toMatchObject({
      baselineMemorySizeMb: 1024,
      observations: [],
    });
  });

  it('hands on what is known of runtime, log level and memory floor, and no empty fields', () => {
    const known = { runtime: 'nodejs24.x', systemLogLevel: 'INFO', runtimeMemoryFloorMb: 400 } as const;
    expect(manifestEntry(listedFunction(known), {}, undefined, NOW)).toMatchObject(known);
    const unknown = { runtime: undefined, systemLogLevel: undefined, runtimeMemoryFloorMb: undefined };
    const entry = manifestEntry(listedFunction(unknown), {}, undefined, NOW);
    expect(Object.keys(unknown).filter((field) => field in entry)).toEqual([]);
  });

  it('keeps tags that fill their room to the last character, and sorts them by name', () => {
    const tags = { zeta: 'z', beta: 'b'.repeat(400 - 14), alpha: 'a'.repeat(0), ['rightsizer:']: '' };
    expect(
      Object.keys(manifestEntry(listedFunction(), { beta: 'b', alpha: 'a', zeta: 'z' }, undefined, NOW).tags),
    ).toEqual(['alpha', 'beta', 'zeta']);
    const full = { alpha: 'a'.repeat(395) };
    expect(manifestEntry(listedFunction(), full, undefined, NOW).tags).toEqual(full);
    expect(manifestEntry(listedFunction(), { alpha: 'a'.repeat(396) }, undefined, NOW).tags).toEqual({});
    expect(Object.keys(manifestEntry(listedFunction(), tags, undefined, NOW).tags)[0]).toBe('rightsizer:');
  });

  it('keeps our tags first and only as many others as fit', () => {
    const tags = {
      'aws:cloudformation:stack-name': 's',
      zeta: 'z'.repeat(390),
      alpha: 'a',
      'rightsizer:strategy': 'speed',
    };
    const entry = manifestEntry(listedFunction(), tags, undefined, NOW);
    expect(entry.tags).toEqual({ 'rightsizer:strategy': 'speed', alpha: 'a' });
  });

  it('hands on the sizes that an earlier approval covers, and none once the code or the configuration is another', () => {
    const listed = listedFunction();
    const { codeSha256, memorySizeMb, timeoutSeconds } = listed;
    const standingConsent: StandingConsent = {
      leastMemorySizeMb: 256,
      mostMemorySizeMb: 2048,
      until: '2026-12-05T02:00:00Z',
      by: { kind: 'link-holder', name: 'Ada' },
      runId: 'night-1',
      codeSha256,
      left: { memorySizeMb, timeoutSeconds },
    };
    const entryOf = (changes: Partial<StandingConsent>) =>
      manifestEntry(listed, {}, functionRecord({ standingConsent: { ...standingConsent, ...changes } }), NOW);
    expect(entryOf({}).coveredSizes).toEqual({ leastMb: 256, mostMb: 2048 });
    expect(entryOf({ codeSha256: 'other' }).coveredSizes).toBeUndefined();
    expect(entryOf({ left: { memorySizeMb: memorySizeMb + 1, timeoutSeconds } }).coveredSizes).toBeUndefined();
    expect(entryOf({ until: '2026-11-28T02:00:00Z' }).coveredSizes).toBeUndefined();
  });
});
