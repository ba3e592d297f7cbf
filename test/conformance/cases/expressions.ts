import type { ConformanceCase } from '../run-case.ts';
import { START } from '../run-case.ts';
import { guide, inlineMap, jsonataDocs, machine, measured, output, pass, recorded, task } from '../vocabulary.ts';

const TRANSFORM = guide('transforming-data.html');
const VARIABLES = guide('workflow-variables.html');
const QUERY_ERROR = { status: 'FAILED', error: 'States.QueryEvaluationError' } as const;

/** What one expression gives. */
function gives(
  id: string,
  source: string,
  expression: string,
  value: unknown,
  input: ConformanceCase['input'] = {},
): ConformanceCase {
  return {
    id,
    source,
    definition: output(`{% ${expression} %}`),
    input,
    expect: { status: 'SUCCEEDED', output: value },
  };
}

/** An expression that fails the state. */
function fails(id: string, source: string, expression: string, cause: string): ConformanceCase {
  return { id, source, definition: output(`{% ${expression} %}`), expect: { ...QUERY_ERROR, cause } };
}

/** JSONata in fields, the functions AWS adds, and `$states`. */
export const expressionCases: readonly ConformanceCase[] = [
  gives('expression-reads-the-input', TRANSFORM, '$states.input.a.b', 3, { a: { b: 3 } }),
  gives('expression-keeps-null', measured('JSONata nulls'), '$states.input.a', null, { a: null }),
  gives(
    'expression-keeps-null-in-objects',
    measured('JSONata nulls'),
    '{"v": $states.input.a}',
    { v: null },
    { a: null },
  ),
  gives('expression-returns-an-array-as-it-is', jsonataDocs('processing'), '$states.input.a', [1], { a: [1] }),
  gives('expression-returns-an-empty-array-as-it-is', jsonataDocs('processing'), '$states.input.a', [], { a: [] }),
  gives('expression-unwraps-a-singleton-sequence', jsonataDocs('processing'), '$states.input.a[n > 1].n', 2, {
    a: [{ n: 1 }, { n: 2 }],
  }),
  gives('expression-keeps-a-singleton-when-asked', jsonataDocs('processing'), '$states.input.a[n > 1].n[]', [2], {
    a: [{ n: 1 }, { n: 2 }],
  }),
  gives('expression-maps-over-arrays', jsonataDocs('path-operators'), '$states.input.a.n', [1, 2], {
    a: [{ n: 1 }, { n: 2 }],
  }),
  gives('expression-flattens-nested-arrays', jsonataDocs('processing'), '$states.input.a.n', [1, 2, 3], {
    a: [{ n: [1, 2] }, { n: 3 }],
  }),
  gives('expression-binds-locals', TRANSFORM, '($x := 2; $y := 3; $x * $y)', 6),
  gives('expression-calls-lambdas', jsonataDocs('programming'), '$map([1,2], function($v){ $v * 10 })', [10, 20]),
  gives(
    'expression-reduces',
    jsonataDocs('higher-order-functions'),
    '$reduce([1,2,3], function($a, $b){ $a + $b })',
    6,
  ),
  gives(
    'expression-groups',
    jsonataDocs('sorting-grouping'),
    '$states.input.a{k: $sum(n)}',
    { x: 4, y: 2 },
    {
      a: [
        { k: 'x', n: 1 },
        { k: 'y', n: 2 },
        { k: 'x', n: 3 },
      ],
    },
  ),
  gives('expression-sorts', jsonataDocs('sorting-grouping'), '$states.input.a^(>n).n', [3, 2, 1], {
    a: [{ n: 2 }, { n: 3 }, { n: 1 }],
  }),
  gives('expression-reads-the-length-of-a-string', jsonataDocs('string-functions'), '$length($states.input.s)', 3, {
    s: 'été',
  }),
  gives('expression-may-span-lines', TRANSFORM, '\n  $states.input.n\n  + 1\n', 2, { n: 1 }),
  gives('string-without-delimiters-is-text', TRANSFORM, '"$states.input"', '$states.input'),
  {
    id: 'text-with-braces-inside-is-text',
    source: TRANSFORM,
    definition: output('a {% $states.input %} b'),
    expect: { status: 'SUCCEEDED', output: 'a {% $states.input %} b' },
  },
  {
    id: 'literals-of-every-type-stay',
    source: recorded('assign/test_assign_base'),
    definition: output({ n: null, b: false, i: 0, f: 1.5, s: '', a: [], o: {} }),
    expect: { status: 'SUCCEEDED', output: { n: null, b: false, i: 0, f: 1.5, s: '', a: [], o: {} } },
  },
  fails(
    'undefined-result-names-the-field',
    recorded('assign/test_assign_reference_variables'),
    '$doesNotExist',
    "An error occurred while executing the state 'Start' (entered at the event id #2). The JSONata expression '$doesNotExist' specified for the field 'Output' returned nothing (undefined).",
  ),
  fails(
    'missing-input-field-is-undefined',
    measured('An expression that returns nothing fails the state'),
    '$states.input.absent',
    'returned nothing (undefined)',
  ),
  fails('type-error-is-a-query-error', TRANSFORM, "1 + 'a'", 'T2002'),
  fails('unknown-function-is-a-query-error', TRANSFORM, '$nope(1)', 'T1006'),
  fails('function-as-result-is-a-query-error', TRANSFORM, 'function($x){ $x }', 'function'),
  fails('result-before-the-work-is-undefined', TRANSFORM, '$states.result', 'returned nothing (undefined)'),
  fails('too-deep-expression-is-a-query-error', measured('JSONata functions'), Array(101).fill('1').join('+'), 'D1011'),
  gives('deepest-allowed-expression', measured('JSONata functions'), Array(100).fill('1').join('+'), 100),
  {
    id: 'undefined-in-an-object-names-the-member',
    source: recorded('assign/test_assign_reference_variables'),
    definition: machine({ State0: pass({ Output: { result: '{% $doesNotExist %}' } }) }),
    expect: { ...QUERY_ERROR, cause: "specified for the field 'Output/result' returned nothing (undefined)." },
  },
  {
    id: 'undefined-in-an-array-names-the-index',
    source: measured('An expression that returns nothing fails the state'),
    definition: machine({ State0: pass({ Output: { a: { b: ['{% $x %}'] } } }) }),
    expect: { ...QUERY_ERROR, cause: "specified for the field 'Output/a/b[0]'" },
  },
  {
    id: 'undefined-assign-names-the-variable',
    source: recorded('assign/test_assign_reference_variables'),
    definition: machine({ State0: pass({ Assign: { result: '{% $doesNotExist %}' } }) }),
    expect: { ...QUERY_ERROR, cause: "specified for the field 'Assign/result'" },
  },
  gives('partition-chunks', TRANSFORM, '$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]),
  gives('partition-rounds-the-size-towards-zero', measured('JSONata functions'), '$partition([1,2,3], 2.9)', [
    [1, 2],
    [3],
  ]),
  fails('partition-by-zero-is-undefined', measured('JSONata functions'), '$partition([1,2], 0)', 'returned nothing'),
  fails('partition-of-nothing-is-undefined', measured('JSONata functions'), '$partition([], 2)', 'returned nothing'),
  gives('range-includes-both-ends', TRANSFORM, '$range(0, 10, 2)', [0, 2, 4, 6, 8, 10]),
  gives('range-stops-before-passing-the-end', TRANSFORM, '$range(1, 9, 3)', [1, 4, 7]),
  gives('range-goes-down', TRANSFORM, '$range(5, 1, -2)', [5, 3, 1]),
  gives('range-rounds-towards-zero', measured('JSONata functions'), '$range(-1.7, 1, 1)', [-1, 0, 1]),
  gives('range-of-one-is-the-bare-number', measured('JSONata functions'), '$range(3, 3, 1)', 3),
  fails('range-without-step-is-undefined', measured('JSONata functions'), '$range(1, 5)', 'returned nothing'),
  fails(
    'range-of-the-wrong-direction-is-undefined',
    measured('JSONata functions'),
    '$range(1, 5, -1)',
    'returned nothing',
  ),
  gives('hash-md5', TRANSFORM, "$hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'),
  gives('hash-sha1', TRANSFORM, "$hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'),
  gives(
    'hash-sha256',
    TRANSFORM,
    "$hash('abc', 'SHA-256')",
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  ),
  gives(
    'hash-sha384',
    TRANSFORM,
    "$hash('abc', 'SHA-384')",
    'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  ),
  gives('hash-sha512', TRANSFORM, "$substring($hash('abc', 'SHA-512'), 0, 16)", 'ddaf35a193617aba'),
  fails('hash-algorithm-is-case-sensitive', measured('JSONata functions'), "$hash('abc', 'md5')", 'md5'),
  fails('hash-without-algorithm-is-undefined', measured('JSONata functions'), "$hash('abc')", 'returned nothing'),
  gives('parse-reads-json', TRANSFORM, '$parse($states.input.s)', { a: [1] }, { s: '{"a":[1]}' }),
  fails('parse-rejects-what-is-no-json', TRANSFORM, "$parse('{')", 'JSON'),
  gives(
    'random-is-repeatable-with-a-seed',
    TRANSFORM,
    '$random(42) = $random(42) and $random(42) >= 0 and $random(42) < 1',
    true,
  ),
  gives('random-differs-by-seed', TRANSFORM, '$random(1) != $random(2)', true),
  gives('random-without-seed-moves-on', TRANSFORM, '$random() != $random()', true),
  gives(
    'uuid-is-a-version-4',
    TRANSFORM,
    '$contains($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)',
    true,
  ),
  gives('millis-is-virtual-time', jsonataDocs('date-time-functions'), '$millis()', Date.parse(START)),
  gives('now-is-virtual-time', jsonataDocs('date-time-functions'), '$now()', '2026-01-01T00:00:00.000Z'),
  gives('now-takes-a-picture', jsonataDocs('date-time-functions'), "$now('[Y0001]-[M01]-[D01]')", '2026-01-01'),
  {
    id: 'assign-does-not-change-the-output',
    source: VARIABLES,
    definition: machine({ A: pass({ Assign: { x: 1 } }) }),
    input: { kept: 1 },
    expect: { status: 'SUCCEEDED', output: { kept: 1 } },
  },
  {
    id: 'assign-evaluates-before-it-assigns',
    source: VARIABLES,
    definition: machine({
      A: pass({ Assign: { x: 3, a: 6 }, Next: 'B' }),
      B: pass({ Assign: { x: '{% $a %}', nextX: '{% $x %}' }, Next: 'C' }),
      C: pass({ Output: ['{% $x %}', '{% $nextX %}'] }),
    }),
    expect: { status: 'SUCCEEDED', output: [6, 3] },
  },
  {
    id: 'output-sees-variables-as-on-entry',
    source: VARIABLES,
    definition: machine({
      A: pass({ Assign: { x: 1 }, Next: 'B' }),
      B: pass({ Assign: { x: 2 }, Output: '{% $x %}' }),
    }),
    expect: { status: 'SUCCEEDED', output: 1 },
  },
  {
    id: 'variables-hold-objects',
    source: VARIABLES,
    definition: machine({
      A: pass({ Assign: { x: { y: [1, { z: 2 }] } }, Next: 'B' }),
      B: pass({ Output: '{% $x.y[1].z %}' }),
    }),
    expect: { status: 'SUCCEEDED', output: 2 },
  },
  {
    id: 'variable-may-be-null',
    source: VARIABLES,
    definition: machine({
      A: pass({ Assign: { x: null }, Next: 'B' }),
      B: pass({ Output: { x: '{% $x %}', is: '{% $x = null %}' } }),
    }),
    expect: { status: 'SUCCEEDED', output: { x: null, is: true } },
  },
  {
    id: 'variables-of-an-iteration-end-with-it',
    source: VARIABLES,
    definition: machine({
      A: inlineMap({ B: pass({ Assign: { inner: 1 } }) }, { Items: [1], Next: 'C' }),
      C: pass({ Output: '{% $exists($inner) %}' }),
    }),
    expect: { status: 'SUCCEEDED', output: false },
  },
  {
    id: 'context-tells-execution-and-state',
    source: guide('input-output-contextobject.html'),
    definition: output({
      id: '{% $states.context.Execution.Id %}',
      name: '{% $states.context.Execution.Name %}',
      input: '{% $states.context.Execution.Input %}',
      start: '{% $states.context.Execution.StartTime %}',
      role: '{% $states.context.Execution.RoleArn %}',
      machine: '{% $states.context.StateMachine %}',
      state: '{% $states.context.State %}',
    }),
    input: { a: 1 },
    expect: {
      status: 'SUCCEEDED',
      output: {
        id: 'arn:aws:states:eu-west-1:123456789012:execution:Machine:run',
        name: 'run',
        input: { a: 1 },
        start: '2026-01-01T00:00:00Z',
        role: 'arn:aws:iam::123456789012:role/Machine',
        machine: { Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:Machine', Name: 'Machine' },
        state: { Name: 'Start', EnteredTime: '2026-01-01T00:00:00Z' },
      },
    },
  },
  {
    id: 'context-keeps-the-first-input',
    source: guide('input-output-contextobject.html'),
    definition: machine({
      A: pass({ Output: 'gone', Next: 'B' }),
      B: pass({ Output: '{% $states.context.Execution.Input.a %}' }),
    }),
    input: { a: 'still here' },
    expect: { status: 'SUCCEEDED', output: 'still here' },
  },
  {
    id: 'context-counts-retries-of-a-task',
    source: guide('input-output-contextobject.html'),
    definition: machine({
      A: task('f', {
        Arguments: '{% $states.context.State.RetryCount %}',
        Retry: [{ ErrorEquals: ['E'], MaxAttempts: 2 }],
      }),
    }),
    tasks: { f: [{ throws: ['E', ''] }, { throws: ['E', ''] }, { echoes: true }] },
    expect: { status: 'SUCCEEDED', output: 2 },
  },
];
