import { distributedMapCases } from './cases/distributed-map.ts';
import { expressionCases } from './cases/expressions.ts';
import { flowCases } from './cases/flow.ts';
import { parallelAndMapCases } from './cases/parallel-and-map.ts';
import { taskAndErrorCases } from './cases/tasks-and-errors.ts';
import { type ConformanceCase, type Outcome, runCase } from './run-case.ts';

const suites: readonly [string, readonly ConformanceCase[]][] = [
  ['flow', flowCases],
  ['expressions', expressionCases],
  ['tasks and errors', taskAndErrorCases],
  ['parallel and map', parallelAndMapCases],
  ['distributed map', distributedMapCases],
];

/** The expected fields of an outcome, with `cause` meaning "holds this text". */
function comparable(outcome: Outcome, { expect: expected }: ConformanceCase): Record<string, unknown> {
  const seen: Record<string, unknown> = { status: outcome.status };
  for (const key of ['output', 'error', 'seconds', 'calls'] as const) if (key in expected) seen[key] = outcome[key];
  if (expected.cause !== undefined) {
    seen['cause'] = outcome.cause?.includes(expected.cause) ? expected.cause : outcome.cause;
  }
  return seen;
}

describe.each(suites)('the engine conforms in %s', (_, cases) => {
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (_id, testCase) => {
    const outcome = await runCase(testCase);
    expect(comparable(outcome, testCase)).toEqual(testCase.expect);
  });
});

it('covers at least 120 behaviours, each once and each with its source', () => {
  const all = suites.flatMap(([, cases]) => cases);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.filter(({ source }) => source.length < 20)).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(120);
});
