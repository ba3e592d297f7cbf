import * as v from 'valibot';

/** JSON has no NaN, but `1e999` reads as infinity. */
export const finiteNumber = v.pipe(v.number(), v.finite('expected a finite number'));

/**
 * An object of nothing but these fields. Every other one is a problem of its own, where valibot's `strictObject` names
 * only the first; and a list is none, which to valibot is an object whose fields are its indices.
 */
/* @__NO_SIDE_EFFECTS__ */
export function strictObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  return guarded(v.object(entries), v.pipe(ANY_OBJECT, v.rawCheck(noFieldsBeside(entries))));
}

type StringSchema = v.BaseSchema<string, string | number | symbol, v.BaseIssue<unknown>>;

/**
 * Any keys of one kind with values of one kind; a list is none. Every key counts, whereas valibot's `record` passes over
 * `constructor` and `prototype`: a function may be named so, and a rule for such a tag would become one for all functions.
 */
/* @__NO_SIDE_EFFECTS__ */
export function record<const Key extends StringSchema, const Value extends v.GenericSchema>(key: Key, value: Value) {
  const run: v.GenericSchema['~run'] = (dataset, config) => {
    const input = ANY_OBJECT['~run']({ value: dataset.value }, config);
    if (!input.typed) return input;
    const issues: v.BaseIssue<unknown>[] = [];
    const entries = Object.entries(input.value).map(([name, each]) => {
      const named = key['~run']({ value: name }, config);
      const given = value['~run']({ value: each }, config);
      if (named.issues ?? given.issues) {
        const at = { type: 'object', input: input.value, key: name, value: each } as const;
        issues.push(...placed(named.issues, { ...at, origin: 'key' }));
        issues.push(...placed(given.issues, { ...at, origin: 'value' }));
      }
      return [named.value, given.value];
    });
    // Not by assignment, which would take `__proto__` for the object's prototype.
    const made = Object.fromEntries(entries);
    return isSome(issues) ? { typed: false, value: made, issues } : { typed: true, value: made };
  };
  const schema = v.record(key, value);
  return { ...schema, '~run': run as (typeof schema)['~run'] };
}

const placed = (issues: readonly v.BaseIssue<unknown>[] = [], at: v.ObjectPathItem): v.BaseIssue<unknown>[] =>
  issues.map((issue) => ({ ...issue, path: [at, ...(issue.path ?? [])] }));

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const ANY_OBJECT = /* @__PURE__ */ v.custom<Record<string, unknown>>(isObject, 'expected object');

const noFieldsBeside =
  (entries: v.ObjectEntries) =>
  ({ dataset, addIssue }: v.RawCheckContext<Record<string, unknown>>): void => {
    if (!dataset.typed) return;
    const input = dataset.value;
    for (const key of Object.keys(input).filter((each) => !Object.hasOwn(entries, each))) {
      const path = [{ type: 'object', origin: 'key', input, key, value: input[key] }] satisfies [v.ObjectPathItem];
      addIssue({ message: `Unrecognized key: "${key}"`, path });
    }
  };

/** The schema, with what the guard says of the same input; alone where that is not even an object. */
function guarded<Schema extends v.GenericSchema>(schema: Schema, guard: v.GenericSchema): Schema {
  const run: Schema['~run'] = (dataset, config) => {
    const seen = guard['~run']({ value: dataset.value }, config);
    if (!seen.typed) return seen;
    const parsed = schema['~run'](dataset, config);
    return seen.issues === undefined ? parsed : withIssues(parsed, seen.issues);
  };
  return { ...schema, '~run': run };
}

type Parsed = v.OutputDataset<unknown, v.BaseIssue<unknown>>;
type Issues = [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]];

const isSome = (issues: v.BaseIssue<unknown>[]): issues is Issues => issues.length > 0;

/** Unknown fields last: of very many of them not all are put into words. */
const withIssues = ({ value, issues }: Parsed, more: Issues): v.FailureDataset<v.BaseIssue<unknown>> => ({
  typed: false,
  value,
  issues: issues === undefined ? more : [...issues, ...more],
});
