import type { ConformanceCase } from '../run-case.ts';
import { asl, guide, machine, measured, parallel, pass, recorded, task } from '../vocabulary.ts';

const choice = (rules: unknown[], extra: Record<string, unknown> = {}) => ({
  Type: 'Choice',
  Choices: rules,
  ...extra,
});
const report = pass({ Output: { which: '{% $which %}' } });

/** Pass, Choice, Wait, Succeed, Fail, and how states follow each other. */
export const flowCases: readonly ConformanceCase[] = [
  {
    id: 'pass-hands-its-input-on',
    source: guide('state-pass.html'),
    definition: machine({ A: pass() }),
    input: { x: [1, null, 'é'] },
    expect: { status: 'SUCCEEDED', output: { x: [1, null, 'é'] }, seconds: 0 },
  },
  {
    id: 'pass-output-replaces-the-input',
    source: guide('state-pass.html'),
    definition: machine({ A: pass({ Output: { fixed: [true, { deep: '{% $states.input.x %}' }] } }) }),
    input: { x: 7 },
    expect: { status: 'SUCCEEDED', output: { fixed: [true, { deep: 7 }] } },
  },
  {
    id: 'output-of-one-state-is-input-of-the-next',
    source: asl('states-fields'),
    definition: machine({ A: pass({ Output: { n: 1 }, Next: 'B' }), B: pass({ Output: '{% $states.input.n + 1 %}' }) }),
    expect: { status: 'SUCCEEDED', output: 2 },
  },
  {
    id: 'succeed-ends-with-its-output',
    source: guide('state-succeed.html'),
    definition: machine({ A: { Type: 'Succeed', Output: '{% $states.input.x & "!" %}' } }),
    input: { x: 'done' },
    expect: { status: 'SUCCEEDED', output: 'done!' },
  },
  {
    id: 'succeed-without-output-ends-with-its-input',
    source: guide('state-succeed.html'),
    definition: machine({ A: { Type: 'Succeed' } }),
    input: [1, 2],
    expect: { status: 'SUCCEEDED', output: [1, 2] },
  },
  {
    id: 'fail-ends-with-error-and-cause',
    source: guide('state-fail.html'),
    definition: machine({ A: { Type: 'Fail', Error: 'MyError', Cause: 'because' } }),
    expect: { status: 'FAILED', error: 'MyError', cause: 'because' },
  },
  {
    id: 'fail-takes-expressions',
    source: recorded('assign/test_assign_reference_variables'),
    definition: machine({
      A: pass({ Assign: { error: 'Boom' }, Next: 'B' }),
      B: { Type: 'Fail', Error: '{% $error %}', Cause: "{% 'got ' & $states.input.x %}" },
    }),
    input: { x: 'this' },
    expect: { status: 'FAILED', error: 'Boom', cause: 'got this' },
  },
  {
    id: 'fail-whose-error-is-no-string-is-a-query-error',
    source: guide('state-fail.html'),
    definition: machine({ A: { Type: 'Fail', Error: '{% 42 %}' } }),
    expect: { status: 'FAILED', error: 'States.QueryEvaluationError', cause: "specified for the field 'Error'" },
  },
  {
    id: 'choice-takes-the-first-rule-that-holds',
    source: asl('choice-state'),
    definition: machine({
      A: choice([
        { Condition: '{% $states.input.n > 100 %}', Next: 'Never' },
        { Condition: '{% $states.input.n > 10 %}', Next: 'First' },
        { Condition: '{% $states.input.n > 1 %}', Next: 'Second' },
      ]),
      Never: pass({ Output: 'never' }),
      First: pass({ Output: 'first' }),
      Second: pass({ Output: 'second' }),
    }),
    input: { n: 11 },
    expect: { status: 'SUCCEEDED', output: 'first' },
  },
  {
    id: 'choice-does-not-evaluate-rules-after-the-match',
    source: measured('An expression that returns nothing fails the state'),
    definition: machine({
      A: choice([
        { Condition: '{% true %}', Next: 'B' },
        { Condition: '{% $states.input.absent %}', Next: 'B' },
      ]),
      B: pass(),
    }),
    expect: { status: 'SUCCEEDED', output: {} },
  },
  {
    id: 'choice-falls-to-default',
    source: asl('choice-state'),
    definition: machine({
      A: choice([{ Condition: '{% false %}', Next: 'B' }], { Default: 'C' }),
      B: pass({ Output: 'b' }),
      C: pass({ Output: 'c' }),
    }),
    expect: { status: 'SUCCEEDED', output: 'c' },
  },
  {
    id: 'choice-rule-assigns-and-shapes-output',
    source: recorded('assign/test_assign_base'),
    definition: machine({
      A: choice([{ Condition: '{% true %}', Assign: { which: 'rule' }, Output: 'from rule', Next: 'B' }], {
        Default: 'B',
      }),
      B: pass({ Output: { which: '{% $which %}', input: '{% $states.input %}' } }),
    }),
    expect: { status: 'SUCCEEDED', output: { which: 'rule', input: 'from rule' } },
  },
  {
    id: 'choice-default-uses-the-fields-of-the-state',
    source: recorded('assign/test_assign_base'),
    definition: machine({
      A: choice([{ Condition: '{% false %}', Assign: { which: 'rule' }, Next: 'B' }], {
        Default: 'B',
        Assign: { which: 'default' },
      }),
      B: report,
    }),
    expect: { status: 'SUCCEEDED', output: { which: 'default' } },
  },
  {
    id: 'choice-rule-overrides-the-fields-of-the-state',
    source: recorded('assign/test_assign_base'),
    definition: machine({
      A: choice([{ Condition: '{% true %}', Assign: { which: 'rule' }, Next: 'B' }], {
        Default: 'B',
        Assign: { which: 'default' },
      }),
      B: report,
    }),
    expect: { status: 'SUCCEEDED', output: { which: 'rule' } },
  },
  {
    id: 'choice-without-match-and-default-cannot-leave',
    source: measured('The cause of a failure'),
    definition: machine({ A: choice([{ Condition: '{% false %}', Next: 'B' }]), B: pass() }),
    expect: { status: 'FAILED', error: 'States.Runtime', cause: 'Failed to transition out of the state' },
  },
  {
    id: 'choice-condition-must-be-boolean',
    source: guide('state-choice.html'),
    definition: machine({ A: choice([{ Condition: '{% 1 %}', Next: 'B' }], { Default: 'B' }), B: pass() }),
    expect: {
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: "'Choices[0]/Condition' returned an unexpected result type",
    },
  },
  {
    id: 'choice-may-loop',
    source: recorded('assign/test_assign_reference_variables'),
    definition: machine({
      Init: pass({ Assign: { n: 0 }, Next: 'More' }),
      More: choice([{ Condition: '{% $n < 5 %}', Next: 'Add' }], { Default: 'Done' }),
      Add: pass({ Assign: { n: '{% $n + 1 %}' }, Next: 'More' }),
      Done: pass({ Output: '{% $n %}' }),
    }),
    expect: { status: 'SUCCEEDED', output: 5 },
  },
  {
    id: 'wait-seconds',
    source: guide('state-wait.html'),
    definition: machine({ A: { Type: 'Wait', Seconds: 90, End: true } }),
    input: { kept: true },
    expect: { status: 'SUCCEEDED', output: { kept: true }, seconds: 90 },
  },
  {
    id: 'wait-seconds-from-an-expression',
    source: guide('state-wait.html'),
    definition: machine({ A: { Type: 'Wait', Seconds: '{% $states.input.s * 2 %}', End: true } }),
    input: { s: 4 },
    expect: { status: 'SUCCEEDED', seconds: 8 },
  },
  {
    id: 'wait-zero-seconds',
    source: guide('state-wait.html'),
    definition: machine({ A: { Type: 'Wait', Seconds: 0, End: true } }),
    expect: { status: 'SUCCEEDED', seconds: 0 },
  },
  {
    id: 'wait-until-a-timestamp',
    source: guide('state-wait.html'),
    definition: machine({ A: { Type: 'Wait', Timestamp: '2026-01-01T01:00:00Z', End: true } }),
    expect: { status: 'SUCCEEDED', seconds: 3600 },
  },
  {
    id: 'wait-until-a-timestamp-with-an-offset',
    source: guide('state-wait.html'),
    definition: machine({ A: { Type: 'Wait', Timestamp: '{% $states.input.at %}', End: true } }),
    input: { at: '2026-01-01T02:00:30+02:00' },
    expect: { status: 'SUCCEEDED', seconds: 30 },
  },
  {
    id: 'wait-until-the-past-does-not-wait',
    source: asl('wait-state'),
    definition: machine({ A: { Type: 'Wait', Timestamp: '2020-01-01T00:00:00Z', End: true } }),
    expect: { status: 'SUCCEEDED', seconds: 0 },
  },
  {
    id: 'wait-for-a-negative-time-is-a-query-error',
    source: guide('state-wait.html'),
    definition: machine({ A: { Type: 'Wait', Seconds: '{% -1 %}', End: true } }),
    expect: { status: 'FAILED', error: 'States.QueryEvaluationError' },
  },
  {
    id: 'wait-until-no-timestamp-is-a-query-error',
    source: guide('state-wait.html'),
    definition: machine({ A: { Type: 'Wait', Timestamp: "{% 'tomorrow' %}", End: true } }),
    expect: { status: 'FAILED', error: 'States.QueryEvaluationError', cause: 'tomorrow' },
  },
  {
    id: 'wait-assigns-and-shapes-output',
    source: guide('workflow-variables.html'),
    definition: machine({
      A: { Type: 'Wait', Seconds: 1, Assign: { which: 'wait' }, Output: 5, Next: 'B' },
      B: pass({ Output: ['{% $which %}', '{% $states.input %}'] }),
    }),
    expect: { status: 'SUCCEEDED', output: ['wait', 5] },
  },
  {
    id: 'machine-timeout-ends-a-wait',
    source: measured('Timeouts'),
    definition: machine({ A: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 10 }),
    expect: { status: 'TIMED_OUT', seconds: 10 },
  },
  {
    id: 'machine-timeout-is-not-caught-inside',
    source: guide('statemachine-structure.html'),
    definition: machine(
      {
        A: parallel([{ B: { Type: 'Wait', Seconds: 100, End: true } }], {
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }],
        }),
        C: pass(),
      },
      { TimeoutSeconds: 10 },
    ),
    expect: { status: 'TIMED_OUT', seconds: 10 },
  },
  {
    id: 'machine-timeout-that-is-not-reached',
    source: guide('statemachine-structure.html'),
    definition: machine({ A: task('f') }, { TimeoutSeconds: 10 }),
    tasks: { f: [{ returns: 1, afterSeconds: 9 }] },
    expect: { status: 'SUCCEEDED', output: 1, seconds: 9 },
  },
  {
    id: 'express-machine-ends-after-five-minutes',
    source: guide('service-quotas.html'),
    type: 'EXPRESS',
    definition: machine({ A: { Type: 'Wait', Seconds: 301, End: true } }),
    expect: { status: 'TIMED_OUT', seconds: 300 },
  },
  {
    id: 'express-machine-may-set-a-shorter-timeout',
    source: guide('statemachine-structure.html'),
    type: 'EXPRESS',
    definition: machine({ A: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 30 }),
    expect: { status: 'TIMED_OUT', seconds: 30 },
  },
];
