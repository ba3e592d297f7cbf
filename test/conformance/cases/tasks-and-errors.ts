import type { ConformanceCase } from '../run-case.ts';
import { asl, guide, machine, measured, output, parallel, pass, recorded, task } from '../vocabulary.ts';

const ERRORS = guide('concepts-error-handling.html');
const QUOTAS = guide('service-quotas.html');
const boom = { throws: ['Boom', 'it broke'] } as const;
const caught = pass({ Output: '{% $states.input %}' });
/** A payload of exactly this many bytes as JSON. */
const textOfBytes = (bytes: number): string => 'x'.repeat(bytes - 2);

/** A machine of one task with a Catch to `Caught`, which hands on what it got. */
const catching = (errorEquals: string[], extra: Record<string, unknown> = {}) =>
  machine({ A: task('f', { Catch: [{ ErrorEquals: errorEquals, Next: 'Caught' }], ...extra }), Caught: caught });

const retrying = (retrier: Record<string, unknown>, extra: Record<string, unknown> = {}) =>
  machine({ A: task('f', { Retry: [{ ErrorEquals: ['States.ALL'], ...retrier }], ...extra }) });

/** Tasks, timeouts, Retry and Catch. */
export const taskAndErrorCases: readonly ConformanceCase[] = [
  {
    id: 'task-result-is-the-output',
    source: guide('state-task.html'),
    definition: machine({ A: task('f') }),
    tasks: { f: [{ returns: { a: 1 } }] },
    expect: { status: 'SUCCEEDED', output: { a: 1 }, calls: { f: 1 } },
  },
  {
    id: 'task-without-arguments-gets-the-input',
    source: guide('transforming-data.html'),
    definition: machine({ A: task('f') }),
    input: { a: [1] },
    tasks: { f: [{ echoes: true }] },
    expect: { status: 'SUCCEEDED', output: { a: [1] } },
  },
  {
    id: 'task-arguments-replace-the-input',
    source: recorded('arguments/test_arguments'),
    definition: machine({ A: task('f', { Arguments: { x: '{% $states.input.a %}', y: 'literal' } }) }),
    input: { a: 1 },
    tasks: { f: [{ echoes: true }] },
    expect: { status: 'SUCCEEDED', output: { x: 1, y: 'literal' } },
  },
  {
    id: 'task-output-sees-input-and-result',
    source: recorded('outputdecl/test_output'),
    definition: machine({ A: task('f', { Output: { was: '{% $states.input.a %}', is: '{% $states.result.b %}' } }) }),
    input: { a: 1 },
    tasks: { f: [{ returns: { b: 2 } }] },
    expect: { status: 'SUCCEEDED', output: { was: 1, is: 2 } },
  },
  {
    id: 'task-assign-sees-the-result',
    source: guide('workflow-variables.html'),
    definition: machine({
      A: task('f', { Assign: { price: '{% $states.result.price %}' }, Next: 'B' }),
      B: pass({ Output: '{% $price %}' }),
    }),
    tasks: { f: [{ returns: { price: 9 } }] },
    expect: { status: 'SUCCEEDED', output: 9 },
  },
  {
    id: 'optimized-lambda-result-is-what-the-service-answers',
    source: guide('connect-lambda.html'),
    definition: machine({
      A: {
        ...task('ignored'),
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'g', Payload: { x: 1 } },
        Output: '{% $states.result.Payload %}',
      },
    }),
    tasks: { g: [{ returns: { StatusCode: 200, Payload: { y: 2 } } }] },
    expect: { status: 'SUCCEEDED', output: { y: 2 }, calls: { g: 1 } },
  },
  {
    id: 'unhandled-task-error-fails-the-execution',
    source: ERRORS,
    definition: machine({ A: task('f') }),
    tasks: { f: [boom] },
    expect: { status: 'FAILED', error: 'Boom', cause: 'it broke' },
  },
  {
    id: 'task-timeout',
    source: recorded('timeouts/test_timeouts'),
    definition: machine({ A: task('f', { TimeoutSeconds: 5 }) }),
    tasks: { f: [{ returns: 1, afterSeconds: 6 }] },
    expect: { status: 'FAILED', error: 'States.Timeout', seconds: 5 },
  },
  {
    id: 'task-timeout-from-an-expression',
    source: recorded('evaluate_jsonata/test_base_evaluate_expressions'),
    definition: machine({ A: task('f', { TimeoutSeconds: '{% $states.input.t %}' }) }),
    input: { t: 2 },
    tasks: { f: [{ returns: 1, afterSeconds: 3 }] },
    expect: { status: 'FAILED', error: 'States.Timeout', seconds: 2 },
  },
  {
    id: 'task-within-its-timeout',
    source: guide('state-task.html'),
    definition: machine({ A: task('f', { TimeoutSeconds: 5 }) }),
    tasks: { f: [{ returns: 1, afterSeconds: 4 }] },
    expect: { status: 'SUCCEEDED', output: 1, seconds: 4 },
  },
  {
    id: 'task-timeout-that-is-no-number-is-a-query-error',
    source: guide('transforming-data.html'),
    definition: machine({ A: task('f', { TimeoutSeconds: "{% 'soon' %}" }) }),
    expect: { status: 'FAILED', error: 'States.QueryEvaluationError', cause: "'TimeoutSeconds'", calls: {} },
  },
  {
    id: 'task-timeout-of-zero-is-out-of-range',
    source: guide('state-task.html'),
    definition: machine({ A: task('f', { TimeoutSeconds: '{% 0 %}' }) }),
    expect: { status: 'FAILED', error: 'States.QueryEvaluationError', cause: 'out of range' },
  },
  {
    id: 'timeout-is-caught-by-name',
    source: ERRORS,
    definition: catching(['States.Timeout'], { TimeoutSeconds: 1 }),
    tasks: { f: [{ returns: 1, afterSeconds: 2 }] },
    expect: { status: 'SUCCEEDED', output: { Error: 'States.Timeout', Cause: '' }, seconds: 1 },
  },
  {
    id: 'task-failed-does-not-match-a-timeout',
    source: ERRORS,
    definition: catching(['States.TaskFailed'], { TimeoutSeconds: 1 }),
    tasks: { f: [{ returns: 1, afterSeconds: 2 }] },
    expect: { status: 'FAILED', error: 'States.Timeout' },
  },
  {
    id: 'task-failed-matches-any-other-error',
    source: ERRORS,
    definition: catching(['States.TaskFailed']),
    tasks: { f: [boom] },
    expect: { status: 'SUCCEEDED', output: { Error: 'Boom', Cause: 'it broke' } },
  },
  {
    id: 'all-matches-any-error',
    source: ERRORS,
    definition: catching(['States.ALL']),
    tasks: { f: [boom] },
    expect: { status: 'SUCCEEDED', output: { Error: 'Boom', Cause: 'it broke' } },
  },
  {
    id: 'catch-output-sees-error-and-input',
    source: recorded('states_variables/test_error_output'),
    definition: machine({
      A: task('f', {
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: { stateInput: '{% $states.input %}', stateError: '{% $states.errorOutput %}' },
            Next: 'Caught',
          },
        ],
      }),
      Caught: caught,
    }),
    input: { inputData: 'dummy' },
    tasks: { f: [boom] },
    expect: {
      status: 'SUCCEEDED',
      output: { stateInput: { inputData: 'dummy' }, stateError: { Error: 'Boom', Cause: 'it broke' } },
    },
  },
  {
    id: 'catch-assigns-in-the-scope-of-its-state',
    source: guide('workflow-variables.html'),
    definition: machine({
      A: task('f', {
        Catch: [{ ErrorEquals: ['Boom'], Assign: { why: '{% $states.errorOutput.Cause %}' }, Next: 'Caught' }],
      }),
      Caught: pass({ Output: '{% $why %}' }),
    }),
    tasks: { f: [boom] },
    expect: { status: 'SUCCEEDED', output: 'it broke' },
  },
  {
    id: 'catch-takes-the-first-match-in-order',
    source: asl('errors'),
    definition: machine({
      A: task('f', {
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Wrong' },
          { ErrorEquals: ['States.TaskFailed'], Next: 'Caught' },
          { ErrorEquals: ['Boom'], Next: 'Wrong' },
        ],
      }),
      Wrong: pass({ Output: 'wrong' }),
      Caught: pass({ Output: 'right' }),
    }),
    tasks: { f: [boom] },
    expect: { status: 'SUCCEEDED', output: 'right' },
  },
  {
    id: 'state-output-and-assign-are-not-used-when-caught',
    source: guide('transforming-data.html'),
    definition: machine({
      A: task('f', { Output: 'state', Assign: { x: 1 }, Catch: [{ ErrorEquals: ['Boom'], Next: 'B' }] }),
      B: pass({ Output: { input: '{% $states.input.Error %}', x: '{% $exists($x) %}' } }),
    }),
    tasks: { f: [boom] },
    expect: { status: 'SUCCEEDED', output: { input: 'Boom', x: false } },
  },
  {
    id: 'query-error-in-arguments-is-caught',
    source: measured('An expression that returns nothing fails the state'),
    definition: catching(['States.QueryEvaluationError'], { Arguments: { x: '{% $states.input.absent %}' } }),
    expect: {
      status: 'SUCCEEDED',
      output: {
        Error: 'States.QueryEvaluationError',
        Cause:
          "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '$states.input.absent' specified for the field 'Arguments/x' returned nothing (undefined).",
      },
      calls: {},
    },
  },
  {
    id: 'query-error-in-output-is-caught-after-the-task-ran',
    source: ERRORS,
    definition: catching(['States.ALL'], { Output: '{% $states.result.absent %}', Next: undefined, End: true }),
    tasks: { f: [{ returns: {} }] },
    expect: { status: 'SUCCEEDED', calls: { f: 1 } },
  },
  {
    id: 'query-error-in-a-catcher-fails-the-execution',
    source: ERRORS,
    definition: machine({
      A: task('f', { Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.absent %}', Next: 'B' }] }),
      B: pass(),
    }),
    tasks: { f: [boom] },
    expect: { status: 'FAILED', error: 'States.QueryEvaluationError', cause: "'Catch[0]/Output'" },
  },
  {
    id: 'retry-defaults-are-three-attempts-one-second-doubling',
    source: measured('Retry policies'),
    definition: retrying({}),
    tasks: { f: [boom] },
    expect: { status: 'FAILED', error: 'Boom', calls: { f: 4 }, seconds: 1 + 2 + 4 },
  },
  {
    id: 'retry-ends-with-the-first-success',
    source: asl('errors'),
    definition: retrying({}),
    tasks: { f: [boom, boom, { returns: 'ok' }] },
    expect: { status: 'SUCCEEDED', output: 'ok', calls: { f: 3 }, seconds: 3 },
  },
  {
    id: 'retry-interval-and-backoff',
    source: ERRORS,
    definition: retrying({ IntervalSeconds: 3, BackoffRate: 1.5, MaxAttempts: 3 }),
    tasks: { f: [boom] },
    expect: { status: 'FAILED', calls: { f: 4 }, seconds: 3 + 4.5 + 6.75 },
  },
  {
    id: 'retry-delay-is-capped',
    source: ERRORS,
    definition: retrying({ IntervalSeconds: 1, BackoffRate: 10, MaxDelaySeconds: 5, MaxAttempts: 3 }),
    tasks: { f: [boom] },
    expect: { status: 'FAILED', calls: { f: 4 }, seconds: 1 + 5 + 5 },
  },
  {
    id: 'retry-zero-attempts-means-none',
    source: ERRORS,
    definition: machine({
      A: task('f', {
        Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
      }),
    }),
    tasks: { f: [boom] },
    expect: { status: 'FAILED', calls: { f: 1 }, seconds: 0 },
  },
  {
    id: 'retry-of-another-error-does-not-apply',
    source: asl('errors'),
    definition: machine({ A: task('f', { Retry: [{ ErrorEquals: ['Other'] }] }) }),
    tasks: { f: [boom] },
    expect: { status: 'FAILED', calls: { f: 1 } },
  },
  {
    id: 'retriers-count-apart',
    source: asl('errors'),
    definition: machine({
      A: task('f', {
        Retry: [
          { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1 },
          { ErrorEquals: ['B'], IntervalSeconds: 10, MaxAttempts: 1 },
        ],
      }),
    }),
    tasks: { f: [{ throws: ['A', ''] }, { throws: ['B', ''] }, { returns: 'ok' }] },
    expect: { status: 'SUCCEEDED', output: 'ok', calls: { f: 3 }, seconds: 11 },
  },
  {
    id: 'retriers-do-not-forget-on-another-error',
    source: asl('errors'),
    definition: machine({
      A: task('f', {
        Retry: [
          { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 1 },
          { ErrorEquals: ['B'], IntervalSeconds: 10, MaxAttempts: 1 },
        ],
      }),
    }),
    tasks: { f: [{ throws: ['A', ''] }, { throws: ['B', ''] }, { throws: ['A', 'again'] }] },
    expect: { status: 'FAILED', error: 'A', cause: 'again', calls: { f: 3 } },
  },
  {
    id: 'retry-counts-anew-on-every-entry',
    source: asl('errors'),
    definition: machine({
      Init: pass({ Assign: { n: 0 }, Next: 'A' }),
      A: task('f', {
        Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }],
        Assign: { n: '{% $n + 1 %}' },
        Next: 'Again',
      }),
      Again: { Type: 'Choice', Choices: [{ Condition: '{% $n < 2 %}', Next: 'A' }], Default: 'Done' },
      Done: pass({ Output: '{% $n %}' }),
    }),
    tasks: { f: [boom, { returns: 1 }, boom, { returns: 1 }] },
    expect: { status: 'SUCCEEDED', output: 2, calls: { f: 4 } },
  },
  {
    id: 'retry-comes-before-catch',
    source: asl('errors'),
    definition: catching(['States.ALL'], { Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 2 }] }),
    tasks: { f: [boom] },
    expect: { status: 'SUCCEEDED', output: { Error: 'Boom', Cause: 'it broke' }, calls: { f: 3 }, seconds: 3 },
  },
  {
    id: 'timeout-is-retried',
    source: ERRORS,
    definition: machine({
      A: task('f', { TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] }),
    }),
    tasks: {
      f: [
        { returns: 1, afterSeconds: 6 },
        { returns: 2, afterSeconds: 4 },
      ],
    },
    expect: { status: 'SUCCEEDED', output: 2, seconds: 5 + 1 + 4 },
  },
  {
    id: 'full-jitter-waits-less-than-the-delay',
    source: ERRORS,
    definition: machine({
      A: task('f', {
        Retry: [{ ErrorEquals: ['Boom'], IntervalSeconds: 1_000, MaxAttempts: 1, JitterStrategy: 'FULL' }],
        Next: 'B',
      }),
      B: pass({ Output: '{% $millis() < $toMillis($states.context.Execution.StartTime) + 1000000 %}' }),
    }),
    tasks: { f: [boom, { returns: 1 }] },
    expect: { status: 'SUCCEEDED', output: true },
  },
  {
    id: 'runtime-error-is-not-matched-by-all',
    source: ERRORS,
    definition: machine({
      A: parallel([{ B: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'C' }] }, C: pass() }], {
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'D' }],
      }),
      D: pass(),
    }),
    expect: { status: 'FAILED', error: 'States.Runtime' },
  },
  {
    id: 'largest-allowed-output',
    source: QUOTAS,
    definition: machine({ A: task('f') }),
    tasks: { f: [{ returns: textOfBytes(262_144) }] },
    expect: { status: 'SUCCEEDED' },
  },
  {
    id: 'task-result-over-the-limit',
    source: QUOTAS,
    definition: machine({ A: task('f') }),
    tasks: { f: [{ returns: textOfBytes(262_145) }] },
    expect: {
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: 'size exceeding the maximum number of bytes',
    },
  },
  {
    id: 'bytes-count-not-characters',
    source: QUOTAS,
    definition: machine({ A: task('f') }),
    tasks: { f: [{ returns: 'é'.repeat(131_072) }] },
    expect: { status: 'FAILED', error: 'States.DataLimitExceeded' },
  },
  {
    id: 'output-grown-over-the-limit',
    source: QUOTAS,
    definition: output({ a: '{% $states.input %}', b: '{% $states.input %}' }),
    input: textOfBytes(140_000),
    expect: { status: 'FAILED', error: 'States.DataLimitExceeded' },
  },
  {
    id: 'data-limit-is-not-matched-by-all',
    source: ERRORS,
    definition: catching(['States.ALL']),
    tasks: { f: [{ returns: textOfBytes(262_145) }] },
    expect: { status: 'FAILED', error: 'States.DataLimitExceeded' },
  },
  {
    id: 'data-limit-is-matched-by-name',
    source: ERRORS,
    definition: catching(['States.DataLimitExceeded']),
    tasks: { f: [{ returns: textOfBytes(262_145) }] },
    expect: { status: 'SUCCEEDED' },
  },
];
