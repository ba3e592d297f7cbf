import * as v from 'valibot';

/** JSON has no NaN, but `1e999` reads as infinity. */
export const finiteNumber = v.pipe(v.number(), v.finite());

/**
 * An object of nothing but these fields. Every other one is a problem of its own, where valibot's `strictObject` names
 * only the first; and a list is none, which to valibot is an object whose fields are its indices.
 */
/* @__NO_SIDE_EFFECTS__ */
export function strictObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  const known = v.object(entries);
  const unknown = v.pipe(v.custom<Given>(isObject), v.rawCheck(noFieldsBeside(entries)));
  return readingObjects(known, (dataset, config) => {
    const input = dataset.value;
    const parsed = known['~run'](dataset, config);
    const { issues } = unknown['~run']({ value: input }, config);
    return issues === undefined ? parsed : failed(parsed.value, [...(parsed.issues ?? []), ...issues]);
  });
}

type KeySchema = v.BaseSchema<string, string | number | symbol, v.BaseIssue<unknown>>;

/** Any keys of one kind with values of one kind; a list is none. Valibot's leaves out `constructor`, as a tag may be called. */
export const record = /* @__NO_SIDE_EFFECTS__ */ <const Key extends KeySchema, const Value extends v.GenericSchema>(
  key: Key,
  value: Value,
) => {
  const entries = v.array(v.tuple([key, value]));
  return readingObjects(v.record(key, value), ({ value: input }, config) => {
    const given = Object.entries(input as Given).filter(([name]) => name !== '__proto__');
    const parsed = entries['~run']({ value: given }, config);
    const named = (parsed.issues ?? []).map((issue) => ({
      ...issue,
      path: pathInRecord(issue, input as Given, given),
    }));
    if (named.length > 0) return failed(input, named);
    return { typed: true, value: Object.fromEntries(parsed.value as [string, unknown][]) };
  });
};

type Given = Record<string, unknown>;
type Issue = v.BaseIssue<unknown>;
type Run = v.GenericSchema['~run'];

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const failed = (value: unknown, issues: readonly Issue[]): v.FailureDataset<Issue> => ({
  typed: false,
  value,
  issues: issues as [Issue, ...Issue[]],
});

const noFieldsBeside =
  (entries: v.ObjectEntries) =>
  ({ dataset, addIssue }: v.RawCheckContext<Given>): void => {
    for (const key of Object.keys(dataset.value as Given).filter((each) => !Object.hasOwn(entries, each)))
      addIssue({ message: `Unrecognized key: "${key}"`, path: [itemOf(dataset.value as Given, key)] });
  };

const itemOf = (input: Given, key: string): v.ObjectPathItem => ({
  ...{ type: 'object', origin: 'key', input, key, value: input[key] },
});

/** By name, where the issue has the entry's index and whether key or value is meant. */
function pathInRecord({ path = [] as never }: Issue, input: Given, given: readonly [string, unknown][]) {
  const [{ key: index }, , ...rest] = path as readonly v.IssuePathItem[] as [v.IssuePathItem, ...v.IssuePathItem[]];
  return [itemOf(input, given[index as number]![0]), ...rest] as [v.IssuePathItem, ...v.IssuePathItem[]];
}

const ANY_OBJECT = /* @__PURE__ */ v.custom<Given>(isObject, 'expected object');

/** The schema, read another way, of objects only. */
function readingObjects<Schema extends v.GenericSchema>(schema: Schema, run: Run): Schema {
  const ofObjects: Run = (dataset, config) =>
    isObject(dataset.value) ? run(dataset, config) : ANY_OBJECT['~run'](dataset, config);
  return { ...schema, '~run': ofObjects };
}
