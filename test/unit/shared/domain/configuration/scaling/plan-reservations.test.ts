import fc from 'fast-check';
import { DEFAULT_AUTO_SCALING } from '../../../../../../shared/contracts/auto-scaling.ts';
import { readOptIn, unclearTag } from '../../../../../../shared/domain/configuration/scaling/function-class.ts';
import {
  planReservations,
  type ReservableFunction,
} from '../../../../../../shared/domain/configuration/scaling/plan-reservations.ts';

const settings = DEFAULT_AUTO_SCALING;
const account = { concurrency: 1_000, unreserved: 1_000 };
const fn = (functionName: string, overrides: Partial<ReservableFunction> = {}): ReservableFunction => ({
  functionName,
  tags: { 'rightsizer:auto-scaling': 'true' },
  reserved: undefined,
  observedMaximum: 3,
  ...overrides,
});
const ofClass = (name: string) => ({ 'rightsizer:auto-scaling': 'true', 'rightsizer:class': name });
const plan = (functions: ReservableFunction[], accountNow = account) =>
  planReservations(functions, accountNow, settings, new Map());

describe('reserved concurrency', () => {
  it('is 100 for critical functions and 50 for the others', () => {
    const { wanted } = plan([fn('b'), fn('a', { tags: ofClass('critical') })]);
    expect(wanted.map(({ resource, value }) => [resource, value])).toEqual([
      ['function/a', { executions: 100 }],
      ['function/b', { executions: 50 }],
    ]);
  });

  it('is never below what was seen to run at once, with headroom above it', () => {
    const [wanted] = plan([fn('busy', { observedMaximum: 90 })]).wanted;
    expect(wanted).toMatchObject({ value: { executions: 108 }, reason: expect.stringContaining('90 ran at once') });
  });

  it('is as many as the tag says', () => {
    const tags = { 'rightsizer:auto-scaling': '12' };
    expect(plan([fn('a', { tags, observedMaximum: undefined })]).wanted[0]!.value).toEqual({ executions: 12 });
  });

  it.each([
    ['a function switched off by its owner', { reserved: 0 }, 'switched it off'],
    ['a function nobody has seen running', { observedMaximum: undefined }, 'no traffic in 14 days'],
    ['a batch function', { tags: ofClass('batch') }, 'shares the unreserved executions'],
    ['a tag of 0', { tags: { 'rightsizer:auto-scaling': '0' } }, '1 or more'],
  ])('skips %s with a reason', (_title, overrides, reason) => {
    const { wanted, skipped } = plan([fn('a', overrides)]);
    expect(wanted).toEqual([]);
    expect(skipped).toEqual([
      expect.objectContaining({ resource: 'function/a', reason: expect.stringContaining(reason) }),
    ]);
  });

  it('is told by its class, its tag or what was seen, and says which', () => {
    const reasonOf = (overrides: Partial<ReservableFunction>) => plan([fn('a', overrides)]).wanted[0]!.reason;
    const tagged = (number: string) => ({ 'rightsizer:auto-scaling': number });
    expect(reasonOf({})).toBe('class standard: 50, most seen at once 3');
    expect(reasonOf({ observedMaximum: 90 })).toBe('class standard: 50, but 90 ran at once, so 108');
    expect(reasonOf({ tags: tagged(' 12 '), observedMaximum: undefined })).toBe('tag rightsizer:auto-scaling: 12');
    expect(reasonOf({ tags: tagged('1'), observedMaximum: 0 })).toBe(
      'tag rightsizer:auto-scaling: 1, most seen at once 0',
    );
    // 10 × 1.2 is what was asked for.
    expect(reasonOf({ tags: tagged('12'), observedMaximum: 10 })).toContain('12, most seen at once 10');
    for (const number of ['12x', 'x12']) expect(reasonOf({ tags: tagged(number) })).toContain('class standard: 50');
    expect(plan([fn('a', { tags: {} })]).wanted[0]).toEqual({
      ...{ key: 'function/a/reserved-concurrency', resource: 'function/a', value: { executions: 50 } },
      ...{ basis: 'class standard 50', reason: 'class standard: 50, most seen at once 3' },
      seen: null,
      stillServes: expect.any(Function),
    });
  });

  it('still serves while it is no less than its class says and what ran at once', () => {
    const serves = (executions: number, observedMaximum?: number) =>
      plan([
        fn('a', { observedMaximum, tags: observedMaximum === undefined ? { 'rightsizer:auto-scaling': '50' } : {} }),
      ]).wanted[0]!.stillServes!({ executions });
    expect([serves(50, 3), serves(49, 3), serves(60, 60), serves(59, 60), serves(50), serves(49)]).toEqual([
      ...[true, false, true, false, true, false],
    ]);
  });

  it('is withdrawn where its owner asks for nothing any more, and stays where it only cannot be decided', () => {
    expect(plan([fn('a', { tags: ofClass('batch') })]).skipped).toEqual([
      { resource: 'function/a', reason: 'class batch: shares the unreserved executions', isWithdrawn: true },
    ]);
    expect(plan([fn('a', { reserved: 0 })]).skipped[0]).not.toHaveProperty('isWithdrawn');
  });

  it('takes of the account only what it adds to what is reserved already', () => {
    const key = 'function/a/reserved-concurrency';
    const ours = { ...{ key, resource: 'function/a', before: null, written: { executions: 20 } }, basis: 'x', at: 'y' };
    const tight = (reserved: number, unreserved: number, records = new Map([[key, ours]])) =>
      planReservations([fn('a', { reserved })], { concurrency: 1_000, unreserved }, settings, records);
    // 30 more than the 20 that are ours.
    expect(tight(20, 130).wanted).toHaveLength(1);
    expect(tight(20, 129).skipped[0]!.reason).toBe(
      "30 more reserved executions would leave the account's other functions fewer than 100: 29 can still be reserved",
    );
    // Somebody else's, or as wanted already: nothing is written, so nothing is taken.
    expect(tight(7, 100, new Map()).wanted).toHaveLength(1);
    expect(tight(50, 100).wanted).toHaveLength(1);
  });

  it('gives nothing back to the others by shrinking: it may not be written', () => {
    const key = 'function/a/reserved-concurrency';
    const ours = {
      ...{ key, resource: 'function/a', before: null, written: { executions: 200 } },
      basis: 'x',
      at: 'y',
    };
    const { wanted } = planReservations(
      [fn('a', { reserved: 200 }), fn('b')],
      { concurrency: 1_000, unreserved: 149 },
      settings,
      new Map([[key, ours]]),
    );
    expect(wanted.map(({ resource }) => resource)).toEqual(['function/a']);
  });

  it('is given in order of name within a class', () => {
    const { wanted } = plan([fn('c'), fn('a'), fn('b')], { concurrency: 1_000, unreserved: 210 });
    expect(wanted.map(({ resource }) => resource)).toEqual(['function/a', 'function/b']);
  });

  it('stops at the floor of 100 unreserved executions: 18 functions of 50 in an account of 1,000', () => {
    const functions = Array.from({ length: 25 }, (_, index) => fn(`f${String(index).padStart(2, '0')}`));
    const { wanted, skipped } = plan(functions);
    expect(wanted).toHaveLength(18);
    expect(skipped).toHaveLength(7);
    expect(skipped[0]!.reason).toMatch(/fewer than 100: 0 can still be reserved/);
  });

  it('serves critical functions before the others when there is not enough for all', () => {
    const functions = [fn('a'), fn('b'), fn('z', { tags: ofClass('critical') })];
    const { wanted } = plan(functions, { concurrency: 1_000, unreserved: 220 });
    expect(wanted.map(({ resource }) => resource)).toEqual(['function/z']);
  });

  it('never takes the account below its floor, nor a function below what it was seen to need', () => {
    const functions = fc.uniqueArray(
      fc.record({
        functionName: fc.string({ minLength: 1, maxLength: 8 }),
        observedMaximum: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
        functionClass: fc.constantFrom('critical', 'standard', 'batch'),
      }),
      { selector: ({ functionName }) => functionName, maxLength: 30 },
    );
    fc.assert(
      fc.property(functions, fc.integer({ min: 100, max: 3_000 }), (drawn, unreserved) => {
        const given = drawn.map((each) =>
          fn(each.functionName, { observedMaximum: each.observedMaximum, tags: ofClass(each.functionClass) }),
        );
        const { wanted, skipped } = plan(given, { concurrency: unreserved, unreserved });
        const taken = wanted.reduce((sum, { value }) => sum + Number(value['executions']), 0);
        expect(unreserved - taken).toBeGreaterThanOrEqual(100);
        expect(wanted.length + skipped.length).toBe(given.length);
        for (const { resource, value } of wanted) {
          const { observedMaximum = 0 } = given.find(({ functionName }) => `function/${functionName}` === resource)!;
          expect(Number(value['executions'])).toBeGreaterThanOrEqual(observedMaximum);
        }
      }),
    );
  });
});

describe('a tag that asks us to do something', () => {
  const read = (value: string | undefined) => readOptIn(value === undefined ? {} : { tag: value }, 'tag');

  it.each(['', 'true', 'TRUE', ' yes ', 'on', '12'])('is followed when it is %p', (value) => {
    expect(read(value)).toBe('yes');
  });

  it.each([undefined, 'false', 'No', 'off', '0'])('is not there when it is %p', (value) => {
    expect(read(value)).toBe('no');
  });

  it.each(['-5', '1.5', '1e3', 'maybe', 'NaN', '__proto__', '१२', 'x'.repeat(256)])(
    'is unclear when it is %p',
    (value) => {
      expect(read(value)).toBe('unclear');
      expect(unclearTag({ tag: value }, 'tag')).toBe(`tag tag is '${value}'; true or false can be said`);
    },
  );

  it('is skipped where its number is more than the account has', () => {
    const tags = { 'rightsizer:auto-scaling': '99999999999999999999' };
    expect(plan([fn('a', { tags })])).toMatchObject({ wanted: [], skipped: [{ resource: 'function/a' }] });
  });
});
