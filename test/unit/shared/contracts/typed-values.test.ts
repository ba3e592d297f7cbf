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
      ': Unrecognized key: "nmae"',
      ': Unrecognized key: "toString"',
      'name: required',
      'share: expected number',
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

  it('holds keys and values to their schemas', () => {
    const tags = record(v.pipe(v.string(), v.minLength(1)), v.string());
    expect(v.parse(tags, { stage: 'prod' })).toEqual({ stage: 'prod' });
    expect(problems(tags, { '': 'a', stage: 1 })).toEqual([': expected >=1', 'stage: expected string']);
  });
});

it.each(['1e999', '-1e999'])('finiteNumber refuses %s, as JSON reads it', (text) => {
  expect(problems(finiteNumber, JSON.parse(text))).toHaveLength(1);
});

it('a wrong input is one error that names place, what is allowed and what was given', () => {
  const schema = strictObject({ mode: v.picklist(['ask', 'policy']), days: v.pipe(finiteNumber, v.maxValue(14)) });
  const parse = () => parseContract('input', schema, { mode: 'aks', days: 15 });
  expect(parse).toThrow(InvalidInputError);
  expect(parse).toThrow(/mode: expected \("ask" \| "policy"\), given "aks".*days: expected <=14, given 15/);
});
