import * as v from 'valibot';
import { parseContract, problemsOf } from '../../../../shared/contracts/parse.ts';
import { finiteNumber, record, strictObject } from '../../../../shared/contracts/typed-values.ts';
import { InvalidInputError } from '../../../../shared/errors.ts';

const problems = (schema: v.GenericSchema, value: unknown) =>
  problemsOf(v.safeParse(schema, value).issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('strictObject', () => {
  const rule = strictObject({ name: v.string(), share: v.optional(finiteNumber, 1) });

  it('names every field that nobody knows, and what is wrong with the others', () => {
    expect(problems(rule, { nmae: 'a', toString: 1, share: 'x' })).toEqual([
      'name: required',
      'share: expected number',
      ': Unrecognized key: "nmae"',
      ': Unrecognized key: "toString"',
    ]);
  });

  it('sees a field named __proto__, as JSON may hold', () => {
    expect(problems(rule, JSON.parse('{ "name": "a", "__proto__": 1 }'))).toEqual([': Unrecognized key: "__proto__"']);
  });

  it.each([[[]], [['a']], [null], ['a'], [undefined]])('takes %j for no object', (given) => {
    expect(problems(strictObject({}), given)).toEqual([': expected object']);
  });

  it('adds defaults and answers a new object', () => {
    const given = { name: 'a' };
    expect(v.parse(rule, given)).toEqual({ name: 'a', share: 1 });
    expect(given).toEqual({ name: 'a' });
  });

  it('is told by its place where it stands in another', () => {
    expect(problems(v.object({ rules: v.array(rule) }), { rules: [{ name: 'a' }, { name: 'b', max: 1 }] })).toEqual([
      'rules.1: Unrecognized key: "max"',
    ]);
  });
});

describe('record', () => {
  it.each([[['a']], [[]], [null], ['a']])('takes %j for none', (given) => {
    expect(problems(record(v.string(), v.string()), given)).toEqual([': expected object']);
  });

  it.each(['constructor', 'prototype', 'toString', 'hasOwnProperty'])('keeps a key named %s', (key) => {
    const given = { [key]: 'a', stage: 'prod' };
    expect(Object.entries(v.parse(record(v.string(), v.string()), given))).toEqual(Object.entries(given));
    expect(problems(record(v.string(), v.string()), { [key]: 1 })).toEqual([`${key}: expected string`]);
  });

  it('has no prototype made of what it was given', () => {
    const parsed = v.parse(record(v.string(), v.unknown()), JSON.parse('{ "__proto__": { "admin": true }, "a": 1 }'));
    expect('admin' in parsed).toBe(false);
  });

  it('is told by the place in its values', () => {
    const rules = record(v.picklist(['raise', 'lower']), v.object({ most: v.array(finiteNumber) }));
    expect(problems(rules, { raise: { most: [1, 'b'] }, drop: { most: [] } })).toEqual([
      'raise.most.1: expected number',
      ': key "drop": expected ("raise" | "lower")',
    ]);
  });

  it('holds keys and values to their schemas', () => {
    const tags = record(v.pipe(v.string(), v.minLength(1)), v.string());
    expect(v.parse(tags, { stage: 'prod' })).toEqual({ stage: 'prod' });
    expect(problems(tags, { '': 'a', stage: 1 })).toEqual([': key "": expected length >=1', 'stage: expected string']);
  });

  it.each(['constructor', 'prototype', '__proto__', 'toString'])(
    'keeps a key named %s, and looks at its value',
    (key) => {
      const tags = record(v.string(), v.string());
      const given = JSON.parse(`{ "${key}": "prod", "stage": "prod" }`);
      expect(Object.entries(v.parse(tags, given))).toEqual([
        [key, 'prod'],
        ['stage', 'prod'],
      ]);
      expect(problems(tags, JSON.parse(`{ "${key}": 1 }`))).toEqual([`${key}: expected string`]);
    },
  );

  it('says of a key that is not allowed that it is the key, and not its value', () => {
    const memory = v.object({ memory: record(v.picklist(['analyze', 'operate']), finiteNumber) });
    const parse = () => parseContract('input', memory, { memory: { analyse: 128 } });
    expect(parse).toThrow('memory: key "analyse": expected ("analyze" | "operate"), given {"analyse":128}');
  });

  it('names every key and value that is wrong, however deep', () => {
    const deep = record(v.string(), record(v.string(), v.array(finiteNumber)));
    expect(problems(deep, { a: { b: [1, 'x'] }, c: { d: 1 } })).toEqual([
      'a.b.1: expected number',
      'c.d: expected Array',
    ]);
  });

  it('is one of the same kind to who writes JSON Schemas', () => {
    expect(record(v.string(), finiteNumber)).toMatchObject({
      type: 'record',
      key: { type: 'string' },
      value: { type: 'number' },
    });
  });
});

it.each([
  ['1e999', 'Infinity'],
  ['-1e999', '-Infinity'],
])('finiteNumber refuses %s, as JSON reads it, and says so', (text, given) => {
  const parse = () => parseContract('input', finiteNumber, JSON.parse(text));
  expect(parse).toThrow(`(whole input): expected a finite number, given ${given}`);
});

it('says of a list or text that is too short or long that its length is wrong', () => {
  const lists = v.object({
    names: v.pipe(v.array(v.string()), v.minLength(1)),
    id: v.pipe(v.string(), v.maxLength(2)),
  });
  expect(problems(lists, { names: [], id: 'abc' })).toEqual(['names: expected length >=1', 'id: expected length <=2']);
});

it('a wrong input is one error that names place, what is allowed and what was given', () => {
  const schema = strictObject({ mode: v.picklist(['ask', 'policy']), days: v.pipe(finiteNumber, v.maxValue(14)) });
  const parse = () => parseContract('input', schema, { mode: 'aks', days: 15 });
  expect(parse).toThrow(InvalidInputError);
  expect(parse).toThrow(/mode: expected \("ask" \| "policy"\), given "aks".*days: expected <=14, given 15/);
});

it('puts fifty of ten thousand problems into words, and counts the others', () => {
  let quoted = 0;
  const toJSON = () => {
    quoted += 1;
    return 'much';
  };
  const unknown = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field${index}`, 1]));
  const parse = () => parseContract('input', strictObject({}), { ...unknown, toJSON });
  expect(parse).toThrow(/"field49", given "much"; and 9951 more$/);
  expect(quoted).toBe(50);
});
