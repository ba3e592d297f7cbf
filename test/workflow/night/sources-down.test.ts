import type { Fault } from '../../../sandbox/account/core/faults.ts';
import type { FunctionConfiguration } from '../../../shared/contracts/assessment.ts';
import type { Exclusion } from '../../../shared/contracts/manifest.ts';
import type { AssessedOutcome } from '../../../shared/contracts/outcome.ts';
import { SOURCES, type UnavailableSource } from '../../../shared/contracts/source.ts';
import { DAY_MS, NightWorld } from '../../support/night-world.ts';
import { AWAY_SOURCES, type AwaySource, fleetOfAllKinds, OUTAGES } from '../../support/sources-away.ts';

/**
 * Nights without one of their sources of evidence: each succeeds, says which source and why, and changes nothing that it
 * would not have changed knowing less.
 */

interface Ended {
  unavailableSources?: UnavailableSource[];
  assessed: AssessedOutcome[];
  excluded: Exclusion[];
}

interface Proposed {
  before: FunctionConfiguration;
  after: FunctionConfiguration;
}

const world = () => NightWorld.create({ fleet: fleetOfAllKinds() });

/** @param day of the night; a process keeps prices for a day, and all nights of this file run in one */
async function nightWith(faults: readonly Fault[], day = 0): Promise<Ended> {
  const night = await world();
  try {
    for (const fault of faults) night.account.faults.add(fault);
    await night.clock.advanceTo(night.clock.now() + day * DAY_MS);
    return (await night.report(await night.start({ dryRun: true }))) as unknown as Ended;
  } finally {
    night.dispose();
  }
}

const proposedIn = ({ assessed }: Ended): Map<string, Proposed> =>
  new Map(
    assessed.flatMap(({ functionName, kind, assessment }) =>
      kind === 'Proposable' && assessment
        ? [[functionName, { before: assessment.current, after: assessment.recommended }]]
        : [],
    ),
  );

const raisesTimeout = ({ before, after }: Proposed): boolean => after.timeoutSeconds > before.timeoutSeconds;

/** What nights propose, by what they were asked to do without and when: nothing of it is drawn anew. */
const remembered = new Map<string, Promise<Map<string, Proposed>>>();
const proposedWith = (faults: readonly Fault[], day = 0): Promise<Map<string, Proposed>> => {
  const key = JSON.stringify([faults, day]);
  const proposed = remembered.get(key) ?? nightWith(faults, day).then(proposedIn);
  remembered.set(key, proposed);
  return proposed;
};

/** What a night may propose at most where it knows as much as the source's absence leaves it. */
async function knowingLess({ calls, silence, leavesAlone = () => false }: AwaySource, day: number) {
  const proposed = await proposedWith(silence ? calls.map((each) => ({ ...each, output: silence })) : [], day);
  const wanted = [...proposed].map(([functionName, each]) => ({ functionName, raisesTimeout: raisesTimeout(each) }));
  const leftAlone = wanted.filter(leavesAlone).map(({ functionName }) => functionName);
  return { proposed: new Map([...proposed].filter(([name]) => !leftAlone.includes(name))), leftAlone };
}

/** Functions that the report leaves alone for want of a source, with what it says of them. */
const leftAloneIn = ({ excluded, assessed }: Ended): Map<string, string> =>
  new Map([
    ...excluded.flatMap(({ functionName, reason, message }) =>
      reason === 'SourceUnavailable' ? [[functionName, message] as const] : [],
    ),
    ...assessed.flatMap(({ functionName, exclusionReason, reason }) =>
      exclusionReason === 'SourceUnavailable' ? [[functionName, reason] as const] : [],
    ),
  ]);

const cases = AWAY_SOURCES.flatMap((away) =>
  Object.entries(OUTAGES).map(([how, error]) => ({
    ...{ away, how, error, source: away.source },
    asked: away.calls.map(({ service, operation = 'anything' }) => `${service} ${operation}`).join(', '),
  })),
);

it('proposes changes of every kind where every source answers, and says nothing of sources', async () => {
  const ended = await nightWith([]);
  const all = [...proposedIn(ended).values()];
  expect(ended.unavailableSources).toBeUndefined();
  expect(all.some(({ before, after }) => after.memorySizeMb < before.memorySizeMb)).toBe(true);
  expect(all.some(({ before, after }) => after.memorySizeMb > before.memorySizeMb)).toBe(true);
  expect(all.some(raisesTimeout)).toBe(true);
  expect(ended.assessed.some(({ kind, assessment }) => kind === 'Proposable' && assessment?.target)).toBe(true);
});

it('has a night for each source', () => {
  // What a spoke does not tell of its functions has nights of its own: test/workflow/organization.
  const asked = new Set([...AWAY_SOURCES.map(({ source }) => source), 'OpenChanges', 'Functions']);
  expect([...asked].sort()).toEqual([...SOURCES].sort());
});

describe.each(cases)('a night with $source ($asked) $how', ({ away, source, error, how }) => {
  // Prices are kept once fetched, so that each night without them needs a day of its own.
  const day = source === 'PriceList' ? 2 * (1 + Object.keys(OUTAGES).indexOf(how)) : 0;
  let ended: Ended;

  beforeAll(async () => {
    const faults = away.calls.map((each) => ({ ...each, error }));
    ended = await nightWith(faults, day);
  });

  it('succeeds, and names the source with its reason', () => {
    const named = { source, reason: expect.stringMatching(/\S/), nightsAway: 1 };
    expect(ended.unavailableSources).toContainEqual(named);
  });

  it('proposes the sizes and timeouts that it would propose knowing less, and leaves the others alone by name', async () => {
    const { proposed, leftAlone } = await knowingLess(away, day);
    expect(proposedIn(ended)).toEqual(proposed);
    expect([...leftAloneIn(ended).keys()]).toEqual(expect.arrayContaining(leftAlone));
    expect(leftAlone.length > 0).toBe(away.leavesAlone !== undefined);
  });

  it('goes no lower than a night that knows everything, nor than what is live', async () => {
    const whole = await proposedWith([], day);
    for (const [name, { before, after }] of proposedIn(ended)) {
      const lowest = whole.get(name)?.after ?? before;
      expect(after.memorySizeMb).toBeGreaterThanOrEqual(Math.min(before.memorySizeMb, lowest.memorySizeMb));
      expect(after.timeoutSeconds).toBeGreaterThanOrEqual(Math.min(before.timeoutSeconds, lowest.timeoutSeconds));
    }
  });
});

it.each(AWAY_SOURCES.filter(({ leavesAlone }) => leavesAlone !== undefined))(
  'says of each function that was left alone why $source was away',
  async ({ calls }) => {
    const ended = await nightWith(calls.map((each) => ({ ...each, error: OUTAGES['denied']! })));
    expect(leftAloneIn(ended).size).toBeGreaterThan(0);
    for (const message of leftAloneIn(ended).values()) expect(message).toMatch(/AWS denied \w+:\w+/);
  },
);

const callOf = (wanted: string) => AWAY_SOURCES.find(({ source }) => source === wanted)!.calls[0]!;

/** Later than any night of this file that could have had no prices. */
const FRESH_PRICES_DAY = 20;

/** A dry run settles nothing and so never asks for these. */
const OPEN_CHANGES: Fault = {
  service: 'DynamoDB',
  operation: 'Query',
  when: ({ IndexName }) => IndexName !== undefined,
};

it.each(Object.entries(OUTAGES))(
  'a real night with the list of open changes %s goes on without it',
  async (_, error) => {
    const night = await world();
    try {
      night.account.faults.add({ ...OPEN_CHANGES, error });
      const execution = await night.start();
      await night.untilMail();
      await night.decide({ decision: 'approved' });
      const report = await night.report(execution);
      expect(report.counts['applied']).toBeGreaterThan(0);
      expect((report as unknown as Ended).unavailableSources).toContainEqual(
        expect.objectContaining({ source: 'OpenChanges' }),
      );
    } finally {
      night.dispose();
    }
  },
);

it('counts the nights that one source is away in a row, and not those of different sources together', async () => {
  const night = await world();
  const away: Record<string, number>[] = [];
  try {
    for (const [ordinal, source] of ['Traffic', 'Tags', 'Tags', 'Tags', 'History'].entries()) {
      const disarm = night.account.faults.add({ ...callOf(source), error: OUTAGES['denied']! });
      const { unavailableSources = [] } = (await night.report(
        await night.startNight(FRESH_PRICES_DAY + ordinal),
      )) as unknown as Ended;
      away.push(Object.fromEntries(unavailableSources.map((each) => [each.source, each.nightsAway ?? 0])));
      disarm();
    }
    expect(away).toEqual([{ Traffic: 1 }, { Tags: 1 }, { Tags: 2 }, { Tags: 3 }, { History: 1 }]);
  } finally {
    night.dispose();
  }
});

it('keeps what it changed watched while CloudWatch is silent, and judges it once CloudWatch answers', async () => {
  const night = await world();
  try {
    const execution = await night.startNight(FRESH_PRICES_DAY);
    await night.untilMail();
    await night.decide({ decision: 'approved' });
    const disarm = night.account.faults.add({ ...callOf('Metrics'), error: OUTAGES['denied']! });
    const { changed } = await night.report(execution);
    const unjudged = changed.filter(({ kind }) => kind === 'Failed').map(({ functionName }) => functionName);
    expect(unjudged.length).toBeGreaterThan(0);
    disarm();
    const { settled } = await night.report(await night.startNight(FRESH_PRICES_DAY + 1));
    expect(settled.map(({ functionName }) => functionName)).toEqual(expect.arrayContaining(unjudged));
    expect(settled.map(({ kind }) => kind)).not.toContain('Failed');
  } finally {
    night.dispose();
  }
});
