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
      expect(unclearTag({ tag: value }, 'tag')).toContain(`'${value}'`);
    },
  );

  it('is skipped where its number is more than the account has', () => {
    const tags = { 'rightsizer:auto-scaling': '99999999999999999999' };
    expect(plan([fn('a', { tags })])).toMatchObject({ wanted: [], skipped: [{ resource: 'function/a' }] });
  });
});
