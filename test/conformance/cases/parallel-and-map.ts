import type { ConformanceCase } from '../run-case.ts';
import { asl, guide, inlineMap, machine, measured, parallel, pass, recorded, task } from '../vocabulary.ts';

const MAP = guide('state-map-inline.html');
const PARALLEL = guide('state-parallel.html');
const wait = (Seconds: number, extra: Record<string, unknown> = {}) => ({ Type: 'Wait', Seconds, End: true, ...extra });
const boom = { throws: ['Boom', 'it broke'] } as const;

/** Parallel and inline Map. */
export const parallelAndMapCases: readonly ConformanceCase[] = [
  {
    id: 'parallel-result-is-in-branch-order',
    source: PARALLEL,
    definition: machine({ A: parallel([{ S: wait(9, { Output: 'slow' }) }, { Q: wait(1, { Output: 'quick' }) }]) }),
    expect: { status: 'SUCCEEDED', output: ['slow', 'quick'], seconds: 9 },
  },
  {
    id: 'parallel-branches-get-the-input',
    source: PARALLEL,
    definition: machine({ A: parallel([{ B: pass() }, { C: pass({ Output: '{% $states.input.n + 1 %}' }) }]) }),
    input: { n: 1 },
    expect: { status: 'SUCCEEDED', output: [{ n: 1 }, 2] },
  },
  {
    id: 'parallel-arguments-are-the-input-of-branches',
    source: asl('parallel-state'),
    definition: machine({
      A: parallel([{ B: pass() }, { C: pass() }], { Arguments: { only: '{% $states.input.n %}' } }),
    }),
    input: { n: 1 },
    expect: { status: 'SUCCEEDED', output: [{ only: 1 }, { only: 1 }] },
  },
  {
    id: 'parallel-output-sees-the-result',
    source: guide('transforming-data.html'),
    definition: machine({
      A: parallel([{ B: pass({ Output: 1 }) }, { C: pass({ Output: 2 }) }], { Output: '{% $sum($states.result) %}' }),
    }),
    expect: { status: 'SUCCEEDED', output: 3 },
  },
  {
    id: 'parallel-branches-read-outer-variables',
    source: recorded('assign/test_assign_base'),
    definition: machine({
      A: pass({ Assign: { x: 42 }, Next: 'B' }),
      B: parallel([
        { C: pass({ Assign: { innerX: '{% $x %}' }, Next: 'D' }), D: pass({ Output: '{% $innerX %}' }) },
        { E: pass({ Output: '{% $x %}' }) },
      ]),
    }),
    expect: { status: 'SUCCEEDED', output: [42, 42] },
  },
  {
    id: 'parallel-branches-do-not-see-each-others-variables',
    source: guide('workflow-variables.html'),
    definition: machine({
      A: parallel([
        { B: pass({ Assign: { mine: 1 } }) },
        { C: wait(1, { Next: 'D', End: undefined }), D: pass({ Output: '{% $exists($mine) %}' }) },
      ]),
    }),
    expect: { status: 'SUCCEEDED', output: [{}, false] },
  },
  {
    id: 'parallel-fails-with-the-first-failing-branch',
    source: PARALLEL,
    definition: machine({
      A: parallel([
        { B: wait(100) },
        { C: wait(1, { Next: 'D', End: undefined }), D: { Type: 'Fail', Error: 'X', Cause: 'y' } },
      ]),
    }),
    expect: { status: 'FAILED', error: 'X', cause: 'y', seconds: 1 },
  },
  {
    id: 'parallel-failure-stops-its-siblings',
    source: PARALLEL,
    definition: machine({
      A: parallel(
        [{ B: wait(5, { Next: 'C', End: undefined }), C: task('never') }, { D: { Type: 'Fail', Error: 'X' } }],
        {
          Catch: [{ ErrorEquals: ['X'], Next: 'E' }],
        },
      ),
      E: wait(20),
    }),
    expect: { status: 'SUCCEEDED', calls: {}, seconds: 20 },
  },
  {
    id: 'parallel-retries-all-branches',
    source: asl('parallel-state'),
    definition: machine({
      A: parallel([{ B: task('good') }, { C: task('bad') }], { Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }] }),
    }),
    tasks: { good: [{ returns: 'g' }], bad: [boom, { returns: 'b' }] },
    expect: { status: 'SUCCEEDED', output: ['g', 'b'], calls: { good: 2, bad: 2 } },
  },
  {
    id: 'parallel-catches-the-error-of-a-branch',
    source: PARALLEL,
    definition: machine({
      A: parallel([{ B: task('bad') }], { Catch: [{ ErrorEquals: ['Boom'], Next: 'C' }] }),
      C: pass(),
    }),
    tasks: { bad: [boom] },
    expect: { status: 'SUCCEEDED', output: { Error: 'Boom', Cause: 'it broke' } },
  },
  {
    id: 'error-caught-in-a-branch-does-not-touch-its-siblings',
    source: PARALLEL,
    definition: machine({
      A: parallel([
        { B: task('bad', { Catch: [{ ErrorEquals: ['Boom'], Next: 'C' }] }), C: pass({ Output: 'caught' }) },
        { D: wait(5, { Output: 'fine' }) },
      ]),
    }),
    tasks: { bad: [boom] },
    expect: { status: 'SUCCEEDED', output: ['caught', 'fine'] },
  },
  {
    id: 'succeed-in-a-branch-ends-only-that-branch',
    source: guide('state-succeed.html'),
    definition: machine({ A: parallel([{ B: { Type: 'Succeed', Output: 1 } }, { C: wait(3, { Output: 2 }) }]) }),
    expect: { status: 'SUCCEEDED', output: [1, 2], seconds: 3 },
  },
  {
    id: 'parallel-may-nest',
    source: PARALLEL,
    definition: machine({
      A: parallel([
        { B: parallel([{ C: pass({ Output: 1 }) }, { D: pass({ Output: 2 }) }]) },
        { E: pass({ Output: 3 }) },
      ]),
    }),
    expect: { status: 'SUCCEEDED', output: [[1, 2], 3] },
  },
  {
    id: 'query-error-in-a-branch-is-placed-at-its-state',
    source: measured('The cause of a failure'),
    definition: machine({ A: parallel([{ Inner: pass({ Output: '{% $nope %}' }) }]) }),
    expect: {
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: "while executing the state 'Inner' (entered at the event id #4)",
    },
  },
  {
    id: 'map-over-items',
    source: MAP,
    definition: machine({
      A: inlineMap({ B: pass({ Output: '{% $states.input * 2 %}' }) }, { Items: '{% $states.input.list %}' }),
    }),
    input: { list: [1, 2, 3] },
    expect: { status: 'SUCCEEDED', output: [2, 4, 6] },
  },
  {
    id: 'map-over-literal-items-with-expressions',
    source: asl('map-state'),
    definition: machine({ A: inlineMap({ B: pass() }, { Items: [1, '{% $states.input.n %}', 'x'] }) }),
    input: { n: 2 },
    expect: { status: 'SUCCEEDED', output: [1, 2, 'x'] },
  },
  {
    id: 'map-without-items-takes-the-input',
    source: asl('map-state'),
    definition: machine({ A: inlineMap({ B: pass({ Output: '{% $states.input + 1 %}' }) }) }),
    input: [1, 2],
    expect: { status: 'SUCCEEDED', output: [2, 3] },
  },
  {
    id: 'map-over-no-items',
    source: MAP,
    definition: machine({ A: inlineMap({ B: task('never') }, { Items: [] }) }),
    expect: { status: 'SUCCEEDED', output: [], calls: {} },
  },
  {
    id: 'map-over-what-is-no-array-is-a-query-error',
    source: asl('map-state'),
    definition: machine({ A: inlineMap({ B: pass() }, { Items: '{% $states.input.x %}' }) }),
    input: { x: 'text' },
    expect: { status: 'FAILED', error: 'States.QueryEvaluationError', cause: "Expected 'array'" },
  },
  {
    id: 'map-input-that-is-no-array-is-a-query-error',
    source: asl('map-state'),
    definition: machine({ A: inlineMap({ B: pass() }) }),
    expect: { status: 'FAILED', error: 'States.QueryEvaluationError', cause: 'must be an array' },
  },
  {
    id: 'map-item-selector-sees-index-value-and-input',
    source: guide('input-output-contextobject.html'),
    definition: machine({
      A: inlineMap(
        { B: pass() },
        {
          Items: ['a', 'b'],
          ItemSelector: {
            i: '{% $states.context.Map.Item.Index %}',
            v: '{% $states.context.Map.Item.Value %}',
            s: '{% $states.context.Map.Item.Source %}',
            all: '{% $states.input.all %}',
          },
        },
      ),
    }),
    input: { all: true },
    expect: {
      status: 'SUCCEEDED',
      output: [
        { i: 0, v: 'a', s: 'STATE_DATA', all: true },
        { i: 1, v: 'b', s: 'STATE_DATA', all: true },
      ],
    },
  },
  {
    id: 'map-result-keeps-item-order',
    source: measured('Map concurrency'),
    definition: machine({
      A: inlineMap({ B: { Type: 'Wait', Seconds: '{% $states.input %}', End: true } }, { Items: [3, 1, 2] }),
    }),
    expect: { status: 'SUCCEEDED', output: [3, 1, 2], seconds: 3 },
  },
  {
    id: 'map-max-concurrency-one-is-sequential',
    source: MAP,
    definition: machine({ A: inlineMap({ B: wait(2) }, { Items: [1, 2, 3], MaxConcurrency: 1 }) }),
    expect: { status: 'SUCCEEDED', seconds: 6 },
  },
  {
    id: 'map-max-concurrency-from-an-expression',
    source: MAP,
    definition: machine({
      A: inlineMap({ B: wait(2) }, { Items: [1, 2, 3, 4], MaxConcurrency: '{% $states.input.c %}' }),
    }),
    input: { c: 2 },
    expect: { status: 'SUCCEEDED', seconds: 4 },
  },
  {
    id: 'map-runs-at-most-forty-at-once',
    source: measured('Map concurrency'),
    definition: machine({
      A: inlineMap(
        { B: wait(1) },
        { Items: '{% [1..41] %}', MaxConcurrency: 0, Output: '{% $count($states.result) %}' },
      ),
    }),
    expect: { status: 'SUCCEEDED', output: 41, seconds: 2 },
  },
  {
    id: 'map-fails-with-the-error-of-an-iteration',
    source: MAP,
    definition: machine({ A: inlineMap({ B: task('f') }, { Items: [1, 2] }) }),
    tasks: {
      f: [
        { returns: 1, afterSeconds: 50 },
        { throws: ['Boom', 'it broke'], afterSeconds: 1 },
      ],
    },
    expect: { status: 'FAILED', error: 'Boom', cause: 'it broke', seconds: 1 },
  },
  {
    id: 'map-failure-starts-no-queued-iteration',
    source: measured('Map concurrency'),
    definition: machine({
      A: inlineMap(
        { B: task('f') },
        { Items: [1, 2, 3, 4], MaxConcurrency: 2, Catch: [{ ErrorEquals: ['Boom'], Next: 'C' }] },
      ),
      C: wait(100),
    }),
    tasks: {
      f: [
        { throws: ['Boom', ''], afterSeconds: 1 },
        { returns: 1, afterSeconds: 1 },
      ],
    },
    expect: { status: 'SUCCEEDED', calls: { f: 2 } },
  },
  {
    id: 'map-retries-all-iterations',
    source: asl('map-state'),
    definition: machine({
      A: inlineMap({ B: task('f') }, { Items: [1, 2], Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }] }),
    }),
    tasks: { f: [{ returns: 1 }, boom, { echoes: true }] },
    expect: { status: 'SUCCEEDED', output: [1, 2], calls: { f: 4 } },
  },
  {
    id: 'map-iterations-read-outer-variables',
    source: recorded('assign/test_assign_base'),
    definition: machine({
      A: pass({ Assign: { x: 42 }, Next: 'B' }),
      B: inlineMap({ C: pass({ Output: '{% $x + $states.input %}' }) }, { Items: [1, 2] }),
    }),
    expect: { status: 'SUCCEEDED', output: [43, 44] },
  },
  {
    id: 'map-iterations-keep-their-own-variables',
    source: guide('workflow-variables.html'),
    definition: machine({
      A: inlineMap(
        {
          B: pass({ Assign: { own: '{% $states.input %}' }, Next: 'C' }),
          C: wait(1, { Next: 'D', End: undefined }),
          D: pass({ Output: '{% $own %}' }),
        },
        { Items: ['a', 'b', 'c'] },
      ),
    }),
    expect: { status: 'SUCCEEDED', output: ['a', 'b', 'c'] },
  },
  {
    id: 'map-may-nest-with-scopes',
    source: recorded('assign/test_assign_reference_variables'),
    definition: machine({
      A: pass({ Assign: { bias: 4 }, Next: 'B' }),
      B: inlineMap(
        {
          C: pass({ Assign: { row: '{% $states.input %}' }, Next: 'D' }),
          D: inlineMap({ E: pass({ Output: '{% $sum($row) + $bias + $states.input %}' }) }),
        },
        { Items: [[1, 2], [3]] },
      ),
    }),
    expect: { status: 'SUCCEEDED', output: [[8, 9], [10]] },
  },
  {
    id: 'map-assign-sees-the-result',
    source: guide('workflow-variables.html'),
    definition: machine({
      A: inlineMap({ B: pass() }, { Items: [1, 2, 3], Assign: { n: '{% $count($states.result) %}' }, Next: 'C' }),
      C: pass({ Output: '{% $n %}' }),
    }),
    expect: { status: 'SUCCEEDED', output: 3 },
  },
];
