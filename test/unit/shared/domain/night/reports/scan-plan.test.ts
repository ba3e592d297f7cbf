import fc from 'fast-check';
import {
  estimatedScanBytes,
  type LogGroupFacts,
  type LoggedFunction,
  planScans,
  sharedLogGroups,
} from '../../../../../../shared/domain/night/reports/scan-plan.ts';

const DAY_MS = 86_400_000;
const endMs = Date.UTC(2026, 10, 23);
const window = { startMs: endMs - 14 * DAY_MS, endMs };
const group = (changes: Partial<LogGroupFacts> = {}): LogGroupFacts => ({
  storedBytes: 1_000,
  logGroupClass: 'STANDARD',
  createdAtMs: endMs - 14 * DAY_MS,
  ...changes,
});
const logged = (functionName: string, changes: Partial<LoggedFunction> = {}): LoggedFunction => ({
  functionName,
  memorySizeMb: 1024,
  logGroupName: `/aws/lambda/${functionName}`,
  logFormat: 'Text',
  ...changes,
});
const plan = (functions: LoggedFunction[], groups: Record<string, LogGroupFacts>) =>
  planScans({
    functions,
    groups: new Map(Object.entries(groups).map(([name, facts]) => [`/aws/lambda/${name}`, facts])),
    sharedGroups: sharedLogGroups(functions),
    window,
  });

describe('planScans', () => {
  it('takes the largest memory first, then the most logs', () => {
    const { scans } = plan([logged('a'), logged('b', { memorySizeMb: 3008 }), logged('c')], {
      a: group(),
      b: group(),
      c: group({ storedBytes: 2_000 }),
    });
    expect(scans.map((each) => each.functionName)).toEqual(['b', 'c', 'a']);
  });

  it.each<[string, Partial<LoggedFunction>, LogGroupFacts | undefined, RegExp]>([
    ['whose system log level hides reports', { logFormat: 'JSON', systemLogLevel: 'WARN' }, group(), /WARN drops/],
    ['without a log group', {}, undefined, /does not exist/],
    ['whose group cannot be queried', {}, group({ logGroupClass: 'DELIVERY' }), /DELIVERY/],
  ])('skips a function %s', (_what, changes, facts, reason) => {
    const { scans, skipped } = plan([logged('a', changes)], facts ? { a: facts } : {});
    expect(scans).toEqual([]);
    expect(skipped.get('a')).toMatch(reason);
  });

  it('reads a JSON function whose system log level keeps reports', () => {
    expect(plan([logged('a', { logFormat: 'JSON', systemLogLevel: 'INFO' })], { a: group() }).scans).toHaveLength(1);
  });

  it('reads a function from where earlier nights have read it to, and scans as much less', () => {
    const functions = [logged('a'), logged('b')];
    const groups = new Map(functions.map(({ logGroupName }) => [logGroupName, group({ storedBytes: 1_400 })]));
    const startMsOf = (name: string) => (name === 'b' ? endMs - DAY_MS : undefined);
    const { scans } = planScans({ functions, groups, sharedGroups: new Set(), window, startMsOf });
    expect(scans).toMatchObject([
      { functionName: 'a', startMs: window.startMs, estimatedBytes: 1_400 },
      { functionName: 'b', startMs: endMs - DAY_MS, estimatedBytes: 100 },
    ]);
  });

  it('skips every function of a shared group', () => {
    const { skipped } = plan(
      [logged('a', { logGroupName: '/aws/lambda/s' }), logged('b', { logGroupName: '/aws/lambda/s' })],
      { s: group() },
    );
    expect([...skipped.values()].every((reason) => reason.includes('shared'))).toBe(true);
    expect(skipped.size).toBe(2);
  });

  it('plans or skips every function exactly once', () => {
    const sizes = fc.array(
      fc.record({ memorySizeMb: fc.integer({ min: 128, max: 10_240 }), storedBytes: fc.nat(1e9) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(sizes, (each) => {
        const functions = each.map(({ memorySizeMb }, index) => logged(`f${index}`, { memorySizeMb }));
        const groups = Object.fromEntries(each.map(({ storedBytes }, index) => [`f${index}`, group({ storedBytes })]));
        const { scans, skipped } = plan(functions, groups);
        expect([...scans.map((scan) => scan.functionName), ...skipped.keys()].sort()).toEqual(
          functions.map((f) => f.functionName).sort(),
        );
      }),
    );
  });
});

describe('estimatedScanBytes', () => {
  it.each<[string, Partial<LogGroupFacts>, number]>([
    ['a group as old as the look-back', {}, 1_000],
    ['a younger group', { createdAtMs: endMs - 3 * DAY_MS }, 1_000],
    ['a group four times as old', { createdAtMs: endMs - 56 * DAY_MS }, 250],
    ['an old group that keeps four weeks', { createdAtMs: endMs - 400 * DAY_MS, retentionDays: 28 }, 500],
    ['an old group that keeps a week', { createdAtMs: endMs - 400 * DAY_MS, retentionDays: 7 }, 1_000],
    ['a group of unknown age', { createdAtMs: undefined }, 1_000],
    ['a group of unknown age that keeps eight weeks', { createdAtMs: undefined, retentionDays: 56 }, 250],
    ['a group from after the look-back', { createdAtMs: endMs + 1 }, 1_000],
  ])('estimates %s by its share of the time it holds', (_what, changes, bytes) => {
    expect(estimatedScanBytes(group(changes), window)).toBe(bytes);
  });
});
