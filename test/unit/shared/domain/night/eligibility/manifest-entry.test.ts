import { manifestEntrySchema, parseManifest } from '../../../../../../shared/contracts/manifest.ts';
import { manifestEntry } from '../../../../../../shared/domain/night/eligibility/manifest-entry.ts';
import { functionRecord, listedFunction } from '../evidence/builders.ts';

describe('manifestEntry', () => {
  it('passes the manifest contract', () => {
    const entry = manifestEntry(
      listedFunction({ runtimeMemoryFloorMb: 400, systemLogLevel: 'INFO' }),
      { team: 'x' },
      undefined,
    );
    expect(parseManifest([entry])).toEqual([entry]);
    expect(Object.keys(entry).every((key) => key in manifestEntrySchema.shape)).toBe(true);
  });

  it('takes baseline and observations from the ledger, and the live size where it knows nothing', () => {
    const observations = [{ memorySizeMb: 2048, invocations: 10, meanDurationMs: 5 }];
    const known = manifestEntry(listedFunction(), {}, functionRecord({ baselineMemorySizeMb: 2048, observations }));
    expect(known).toMatchObject({ baselineMemorySizeMb: 2048, observations });
    expect(manifestEntry(listedFunction(), {}, undefined)).toMatchObject({
      baselineMemorySizeMb: 1024,
      observations: [],
    });
  });

  it('keeps our tags first and only as many others as fit', () => {
    const tags = {
      'aws:cloudformation:stack-name': 's',
      zeta: 'z'.repeat(390),
      alpha: 'a',
      'rightsizer:strategy': 'speed',
    };
    const entry = manifestEntry(listedFunction(), tags, undefined);
    expect(entry.tags).toEqual({ 'rightsizer:strategy': 'speed', alpha: 'a' });
  });
});
