import {
  asl,
  distributedMap,
  guide,
  inlineMap,
  lambdaArn,
  machine,
  measured,
  parallel,
  pass,
  recorded,
  task,
} from '../vocabulary.ts';

/** A definition that must not become a state machine. */
export interface RejectionCase {
  readonly id: string;
  readonly source: string;
  readonly definition: unknown;
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Every problem holds one of these, and each of these is in some problem. */
  readonly problems: readonly string[];
}

const STRUCTURE = guide('statemachine-structure.html');
const TRANSFORM = guide('transforming-data.html');
const ERRORS = guide('concepts-error-handling.html');
const DISTRIBUTED = guide('state-map-distributed.html');
const one = (state: Record<string, unknown>) => machine({ A: state });
const withOutput = (Output: unknown) => one(pass({ Output }));
const withRetry = (retrier: unknown) => one(task('f', { Retry: [retrier] }));
const integration = (Resource: string) => one({ Type: 'Task', Resource, End: true });
const choice = (extra: Record<string, unknown>) => machine({ A: { Type: 'Choice', ...extra }, B: pass() });
const reader = (ReaderConfig: unknown, Resource = 'arn:aws:states:::s3:getObject') =>
  one(distributedMap({ B: pass() }, { ItemReader: { Resource, ReaderConfig, Arguments: { Bucket: 'b', Key: 'k' } } }));
const writer = (ResultWriter: unknown) => one(distributedMap({ B: pass() }, { ResultWriter }));

export const rejectionCases: readonly RejectionCase[] = [
  {
    id: 'text-that-is-no-json',
    source: recorded('test_sfn_api_validation'),
    definition: 'not a definition',
    problems: ['$: is no valid JSON', '$.StartAt', '$.States: must be a non-empty object'],
  },
  {
    id: 'missing-start',
    source: recorded('test_sfn_api_validation'),
    definition: { QueryLanguage: 'JSONata', States: { A: pass() } },
    problems: ['$.StartAt: is required', '$.StartAt: names a state that does not exist', 'A: is not reachable'],
  },
  {
    id: 'start-at-nowhere',
    source: asl('toplevelfields'),
    definition: { QueryLanguage: 'JSONata', StartAt: 'X', States: { A: pass() } },
    problems: ['$.StartAt: names a state that does not exist: X', '$.States.A: is not reachable'],
  },
  {
    id: 'unknown-top-level-field',
    source: asl('toplevelfields'),
    definition: machine({ A: pass() }, { Extra: 1 }),
    problems: ['$.Extra: is not supported'],
  },
  {
    id: 'unknown-version',
    source: asl('toplevelfields'),
    definition: machine({ A: pass() }, { Version: '2.0' }),
    problems: ['$.Version'],
  },
  {
    id: 'machine-timeout-as-expression',
    source: STRUCTURE,
    definition: machine({ A: pass() }, { TimeoutSeconds: '{% 1 %}' }),
    problems: ['$.TimeoutSeconds: must be a whole number'],
  },
  {
    id: 'jsonpath-machine',
    source: STRUCTURE,
    definition: { StartAt: 'A', States: { A: pass() } },
    problems: ['$.States.A.QueryLanguage: must be JSONata'],
  },
  {
    id: 'jsonpath-state',
    source: recorded('test_sfn_api_validation'),
    definition: one(pass({ QueryLanguage: 'JSONPath' })),
    problems: ['$.States.A.QueryLanguage: must be JSONata'],
  },
  {
    id: 'query-language-on-a-processor',
    source: measured("A state's QueryLanguage, and the fields it may carry"),
    definition: one(
      inlineMap({ B: pass() }, { ItemProcessor: { QueryLanguage: 'JSONata', StartAt: 'B', States: { B: pass() } } }),
    ),
    problems: ['$.States.A.ItemProcessor.QueryLanguage: is not supported'],
  },
  {
    id: 'jsonpath-fields',
    source: TRANSFORM,
    definition: one(pass({ InputPath: '$.a', Result: {}, Parameters: {} })),
    problems: [
      'A.InputPath: belongs to JSONPath',
      'A.Result: belongs to JSONPath',
      'A.Parameters: belongs to JSONPath',
    ],
  },
  {
    id: 'jsonpath-key',
    source: TRANSFORM,
    definition: withOutput({ 'x.$': 'y' }),
    problems: ['$.States.A.Output.x.$: is a JSONPath key'],
  },
  {
    id: 'jsonpath-value',
    source: TRANSFORM,
    definition: withOutput({ token: '$$.Task.Token', x: '$.a.b' }),
    problems: ['A.Output.token: is a JSONPath reference', 'A.Output.x: is a JSONPath reference'],
  },
  {
    id: 'intrinsic-function',
    source: guide('intrinsic-functions.html'),
    definition: withOutput("States.Format('{}', 1)"),
    problems: ['A.Output: is an intrinsic function'],
  },
  {
    id: 'bad-jsonata',
    source: measured('JSONata expressions are validated when the state machine is created'),
    definition: withOutput('{% a[1,2) %}'),
    problems: ['A.Output: is no valid JSONata'],
  },
  {
    id: 'empty-expression',
    source: TRANSFORM,
    definition: withOutput('{% %}'),
    problems: ['A.Output: is an empty expression'],
  },
  {
    id: 'half-an-expression',
    source: TRANSFORM,
    definition: withOutput('{% $states.input'),
    problems: ["A.Output: starts with '{%'"],
  },
  { id: 'eval', source: TRANSFORM, definition: withOutput("{% $eval('1') %}"), problems: ['uses $eval'] },
  {
    id: 'field-at-the-top-level',
    source: measured('JSONata expressions are validated when the state machine is created'),
    definition: withOutput({ v: '{% phone %}' }),
    problems: ["A.Output.v: Reference to 'phone' at the top level is not supported."],
  },
  {
    id: 'field-in-a-lambda-body',
    source: measured('JSONata expressions are validated when the state machine is created'),
    definition: withOutput('{% $map($states.input.a, function($x){ b }) %}'),
    problems: ["Reference to 'b' at the top level"],
  },
  {
    id: 'root-reference',
    source: measured('JSONata expressions are validated when the state machine is created'),
    definition: withOutput('{% $$ %}'),
    problems: ["Reference to '$$' is not supported."],
  },
  {
    id: 'context-reference',
    source: TRANSFORM,
    definition: withOutput('{% $.x %}'),
    problems: ["Reference to '$' at the top level"],
  },
  {
    id: 'error-output-outside-a-catch',
    source: measured('JSONata expressions are validated when the state machine is created'),
    definition: withOutput('{% $states.errorOutput.Error %}'),
    problems: ["Reference to '$states.errorOutput'"],
  },
  {
    id: 'unknown-state-type',
    source: asl('statetypes'),
    definition: one({ Type: 'Activity', End: true }),
    problems: ['$.States.A.Type: is not supported: "Activity"'],
  },
  {
    id: 'unknown-field-of-a-state',
    source: asl('statetypes'),
    definition: one(pass({ Retry: [], Timeout: 1 })),
    problems: ['A.Retry: is not supported', 'A.Timeout: is not supported'],
  },
  {
    id: 'credentials',
    source: guide('concepts-access-cross-acct-resources.html'),
    definition: one(task('f', { Credentials: { RoleArn: 'x' } })),
    problems: ['A.Credentials: is not supported'],
  },
  {
    id: 'neither-next-nor-end',
    source: asl('transition'),
    definition: one({ Type: 'Pass' }),
    problems: ['A.Next: or "End": true is needed'],
  },
  {
    id: 'next-and-end',
    source: asl('transition'),
    definition: machine({ A: pass({ Next: 'B', End: true }), B: pass() }),
    problems: ['A.Next: or "End": true is needed'],
  },
  {
    id: 'next-to-nowhere',
    source: asl('transition'),
    definition: one(pass({ Next: 'X' })),
    problems: ['$.States.A: leads to a state that does not exist: X'],
  },
  {
    id: 'next-out-of-a-branch',
    source: asl('parallel-state'),
    definition: machine({ A: parallel([{ B: pass({ Next: 'C' }) }], { Next: 'C' }), C: pass() }),
    problems: ['Branches[0].States.B: leads to a state that does not exist: C'],
  },
  {
    id: 'unreachable-state',
    source: asl('transition'),
    definition: machine({ A: pass(), B: pass() }),
    problems: ['$.States.B: is not reachable'],
  },
  {
    id: 'endless-loop',
    source: measured('JSONata expressions are validated when the state machine is created'),
    definition: machine({ A: pass({ Next: 'B' }), B: pass({ Next: 'A' }) }),
    problems: ['$.States: never come to an end'],
  },
  {
    id: 'state-name-used-twice',
    source: asl('states-fields'),
    definition: machine({ A: parallel([{ A: pass() }]) }),
    problems: ['has a name used by another state'],
  },
  {
    id: 'state-name-too-long',
    source: asl('states-fields'),
    definition: machine({ ['A'.repeat(81)]: pass() }),
    problems: ['longer than 80 characters'],
  },
  {
    id: 'unsupported-resources',
    source: guide('integrate-services.html'),
    definition: integration('arn:aws:states:eu-west-1:123456789012:activity:x'),
    problems: ['A.Resource: is not supported'],
  },
  {
    id: 'resource-as-expression',
    source: TRANSFORM,
    definition: integration('{% $states.input.arn %}'),
    problems: ['A.Resource: is not supported'],
  },
  {
    id: 'job-pattern-of-another-service',
    source: guide('connect-to-resource.html'),
    definition: integration('arn:aws:states:::batch:submitJob.sync'),
    problems: ["integration pattern '.sync' is not supported"],
  },
  {
    id: 'job-pattern-with-text-output',
    source: guide('connect-stepfunctions.html'),
    definition: integration('arn:aws:states:::states:startExecution.sync'),
    problems: ["integration pattern '.sync' is not supported"],
  },
  {
    id: 'callback-in-express',
    source: recorded('test_sfn_api_validation'),
    type: 'EXPRESS',
    definition: integration('arn:aws:states:::sqs:sendMessage.waitForTaskToken'),
    problems: ["Express state machine does not support '.waitForTaskToken'"],
  },
  {
    id: 'job-in-express',
    source: guide('choosing-workflow-type.html'),
    type: 'EXPRESS',
    definition: integration('arn:aws:states:::states:startExecution.sync:2'),
    problems: ["Express state machine does not support '.sync:2'"],
  },
  {
    id: 'callback-in-an-express-child',
    source: guide('choosing-workflow-type.html'),
    definition: one(
      distributedMap(
        { B: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true } },
        {},
        'EXPRESS',
      ),
    ),
    problems: ['ItemProcessor.States.B.Resource: Express state machine does not support'],
  },
  {
    id: 'distributed-map-in-express',
    source: DISTRIBUTED,
    type: 'EXPRESS',
    definition: one(distributedMap({ B: pass() })),
    problems: ['Mode: DISTRIBUTED is not available in an Express machine'],
  },
  {
    id: 'heartbeat-not-below-timeout',
    source: guide('state-task.html'),
    definition: one(task('f', { TimeoutSeconds: 10, HeartbeatSeconds: 10 })),
    problems: ['HeartbeatSeconds: must be smaller than TimeoutSeconds'],
  },
  {
    id: 'timeout-out-of-range',
    source: guide('state-task.html'),
    definition: one(task('f', { TimeoutSeconds: 0 })),
    problems: ['TimeoutSeconds: must be a whole number from 1'],
  },
  {
    id: 'retry-without-errors',
    source: ERRORS,
    definition: withRetry({}),
    problems: ['Retry[0].ErrorEquals: is required'],
  },
  {
    id: 'retry-with-no-errors',
    source: ERRORS,
    definition: withRetry({ ErrorEquals: [] }),
    problems: ['Retry[0].ErrorEquals: must be a non-empty array'],
  },
  {
    id: 'retry-numbers-out-of-range',
    source: ERRORS,
    definition: withRetry({ ErrorEquals: ['E'], IntervalSeconds: 0, MaxAttempts: -1, BackoffRate: 0.5 }),
    problems: ['IntervalSeconds', 'MaxAttempts', 'BackoffRate'],
  },
  {
    id: 'retry-delay-cap-below-interval',
    source: ERRORS,
    definition: withRetry({ ErrorEquals: ['E'], IntervalSeconds: 5, MaxDelaySeconds: 5 }),
    problems: ['MaxDelaySeconds: must be greater than IntervalSeconds'],
  },
  {
    id: 'retry-unknown-jitter',
    source: ERRORS,
    definition: withRetry({ ErrorEquals: ['E'], JitterStrategy: 'HALF' }),
    problems: ['JitterStrategy: must be one of FULL, NONE'],
  },
  {
    id: 'all-beside-other-errors',
    source: ERRORS,
    definition: withRetry({ ErrorEquals: ['States.ALL', 'E'] }),
    problems: ['States.ALL must stand alone'],
  },
  {
    id: 'all-before-the-end',
    source: ERRORS,
    definition: machine({
      A: task('f', {
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'B' },
          { ErrorEquals: ['E'], Next: 'B' },
        ],
      }),
      B: pass(),
    }),
    problems: ['Catch[0].ErrorEquals: States.ALL must stand alone and in the last entry'],
  },
  {
    id: 'unknown-reserved-error',
    source: asl('error-names'),
    definition: withRetry({ ErrorEquals: ['States.Oops'] }),
    problems: ['names States.Oops, which does not exist'],
  },
  {
    id: 'catch-without-next',
    source: asl('errors'),
    definition: one(task('f', { Catch: [{ ErrorEquals: ['E'] }] })),
    problems: ['Catch[0].Next: is required', 'leads to a state that does not exist'],
  },
  {
    id: 'reserved-variable',
    source: guide('workflow-variables.html'),
    definition: one(pass({ Assign: { states: 1 } })),
    problems: ['Assign.states: is reserved'],
  },
  {
    id: 'bad-variable-names',
    source: guide('workflow-variables.html'),
    definition: one(pass({ Assign: { 'x.y': 1, 'x[2]': 1, '1st': 1 } })),
    problems: ['Assign.x.y: is no valid variable name', 'Assign.x[2]', 'Assign.1st'],
  },
  {
    id: 'assign-that-is-no-object',
    source: guide('workflow-variables.html'),
    definition: one(pass({ Assign: '{% {} %}' })),
    problems: ['Assign: must be an object'],
  },
  {
    id: 'inner-variable-under-an-outer-name',
    source: guide('workflow-variables.html'),
    definition: machine({ A: pass({ Assign: { x: 1 }, Next: 'B' }), B: parallel([{ C: pass({ Assign: { x: 2 } }) }]) }),
    problems: ['States.C: assigns $x, which an outer scope assigns too'],
  },
  {
    id: 'inner-variable-under-the-name-of-a-catch',
    source: guide('workflow-variables.html'),
    definition: machine({
      B: inlineMap({ C: pass({ Assign: { x: 2 } }) }, { Catch: [{ ErrorEquals: ['E'], Assign: { x: 1 }, Next: 'D' }] }),
      D: pass(),
    }),
    problems: ['assigns $x'],
  },
  {
    id: 'choice-without-rules',
    source: asl('choice-state'),
    definition: choice({ Choices: [], Default: 'B' }),
    problems: ['Choices: must be a non-empty array'],
  },
  {
    id: 'choice-in-jsonpath',
    source: guide('state-choice.html'),
    definition: choice({ Choices: [{ Variable: '$.x', NumericEquals: 1, Next: 'B' }] }),
    problems: [
      'Choices[0].Condition: must be a JSONata expression',
      'Choices[0].Variable: belongs to JSONPath',
      'Choices[0].NumericEquals: is not supported',
    ],
  },
  {
    id: 'choice-that-ends',
    source: guide('state-choice.html'),
    definition: choice({ Choices: [{ Condition: '{% true %}', Next: 'B' }], End: true }),
    problems: ['A.End: is not supported'],
  },
  {
    id: 'choice-with-ambiguous-assign',
    source: `${guide('state-choice.html')} against ${recorded('assign/test_assign_base')}`,
    definition: choice({ Choices: [{ Condition: '{% true %}', Next: 'B' }], Default: 'B', Assign: { x: 1 } }),
    problems: ['A.Assign: sets $x, but the rule to B does not'],
  },
  {
    id: 'choice-with-ambiguous-output',
    source: `${guide('state-choice.html')} against ${recorded('assign/test_assign_base')}`,
    definition: choice({ Choices: [{ Condition: '{% true %}', Next: 'B' }], Default: 'B', Output: 1 }),
    problems: ['A.Output: is set, but the rule to B has none'],
  },
  {
    id: 'wait-without-a-time',
    source: asl('wait-state'),
    definition: one({ Type: 'Wait', End: true }),
    problems: ['A.Seconds: or Timestamp is needed'],
  },
  {
    id: 'wait-with-two-times',
    source: asl('wait-state'),
    definition: one({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true }),
    problems: ['A.Seconds: or Timestamp is needed'],
  },
  {
    id: 'wait-for-a-bad-timestamp',
    source: asl('timestamps'),
    definition: one({ Type: 'Wait', Timestamp: '2026-01-01', End: true }),
    problems: ['A.Timestamp: must be an RFC 3339 timestamp'],
  },
  {
    id: 'parallel-without-branches',
    source: asl('parallel-state'),
    definition: one(parallel([])),
    problems: ['Branches: must be a non-empty array'],
  },
  {
    id: 'map-without-processor',
    source: asl('map-state'),
    definition: one({ Type: 'Map', End: true }),
    problems: ['ItemProcessor: is required', 'ItemProcessor.StartAt', 'ItemProcessor.States'],
  },
  {
    id: 'map-with-the-old-iterator',
    source: guide('state-map-inline.html'),
    definition: one(inlineMap({ B: pass() }, { Iterator: {} })),
    problems: ['A.Iterator: is not supported'],
  },
  {
    id: 'map-over-an-object',
    source: asl('map-state'),
    definition: one(inlineMap({ B: pass() }, { Items: { a: 1 } })),
    problems: ['Items: must be an array or an expression'],
  },
  {
    id: 'inline-map-with-distributed-fields',
    source: DISTRIBUTED,
    definition: one(
      inlineMap({ B: pass() }, { ItemBatcher: { MaxItemsPerBatch: 1 }, ToleratedFailureCount: 1, Label: 'x' }),
    ),
    problems: ['ItemBatcher: is not supported', 'ToleratedFailureCount: is not supported', 'Label: is not supported'],
  },
  {
    id: 'distributed-map-without-execution-type',
    source: DISTRIBUTED,
    definition: one(
      inlineMap(
        { B: pass() },
        { ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: pass() } } },
      ),
    ),
    problems: ['ExecutionType: must be there'],
  },
  {
    id: 'reader-and-items',
    source: DISTRIBUTED,
    definition: one(
      distributedMap(
        { B: pass() },
        {
          Items: [1],
          ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'JSON' }, Arguments: {} },
        },
      ),
    ),
    problems: ['ItemReader: and Items exclude each other'],
  },
  {
    id: 'reader-of-a-listing',
    source: guide('input-output-itemreader.html'),
    definition: reader({ InputType: 'JSON' }, 'arn:aws:states:::s3:listObjectsV2'),
    problems: ['ItemReader.Resource: is not supported'],
  },
  {
    id: 'reader-of-parquet-and-manifests',
    source: guide('input-output-itemreader.html'),
    definition: reader({ InputType: 'PARQUET', ManifestType: 'S3_INVENTORY' }),
    problems: ['InputType: must be one of JSON, JSONL, CSV', 'ManifestType: is not supported'],
  },
  {
    id: 'reader-that-loads-and-flattens',
    source: guide('input-output-itemreader.html'),
    definition: reader({ InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' }),
    problems: ['Transformation: must be one of NONE'],
  },
  {
    id: 'csv-without-header-location',
    source: guide('input-output-itemreader.html'),
    definition: reader({ InputType: 'CSV' }),
    problems: ['CSVHeaderLocation: is required'],
  },
  {
    id: 'csv-given-headers-missing',
    source: guide('input-output-itemreader.html'),
    definition: reader({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN' }),
    problems: ['CSVHeaders: must be there'],
  },
  {
    id: 'items-pointer-of-json-lines',
    source: guide('input-output-itemreader.html'),
    definition: reader({ InputType: 'JSONL', ItemsPointer: '/a' }),
    problems: ['ItemsPointer: is only for InputType JSON'],
  },
  {
    id: 'batcher-without-limit',
    source: guide('input-output-itembatcher.html'),
    definition: one(distributedMap({ B: pass() }, { ItemBatcher: { BatchInput: {} } })),
    problems: ['ItemBatcher.MaxItemsPerBatch: or MaxInputBytesPerBatch is required'],
  },
  {
    id: 'batcher-over-the-payload-limit',
    source: guide('input-output-itembatcher.html'),
    definition: one(distributedMap({ B: pass() }, { ItemBatcher: { MaxInputBytesPerBatch: 262_145 } })),
    problems: ['MaxInputBytesPerBatch: must be a whole number from 1 to 262144'],
  },
  {
    id: 'empty-writer',
    source: guide('input-output-resultwriter.html'),
    definition: writer({}),
    problems: ['WriterConfig: or Resource and Arguments are required'],
  },
  {
    id: 'writer-resource-without-arguments',
    source: guide('input-output-resultwriter.html'),
    definition: writer({ Resource: 'arn:aws:states:::s3:putObject' }),
    problems: ['Arguments: and Resource go together', 'WriterConfig: or Resource'],
  },
  {
    id: 'writer-to-elsewhere',
    source: guide('input-output-resultwriter.html'),
    definition: writer({ Resource: 'arn:aws:states:::dynamodb:putItem', Arguments: {} }),
    problems: ['ResultWriter.Resource: is not supported'],
  },
  {
    id: 'tolerated-percentage-out-of-range',
    source: DISTRIBUTED,
    definition: one(distributedMap({ B: pass() }, { ToleratedFailurePercentage: 101 })),
    problems: ['ToleratedFailurePercentage: must be a number from 0 to 100'],
  },
  {
    id: 'label-with-wildcards',
    source: DISTRIBUTED,
    definition: one(distributedMap({ B: pass() }, { Label: 'a*b' })),
    problems: ['Label: must be 1 to 40 characters'],
  },
  {
    id: 'several-problems-at-once',
    source: asl('statetypes'),
    definition: machine({ A: task('f', { Resource: lambdaArn('f'), Oops: 1, Output: '{% ( %}', Next: 'X' }) }),
    problems: ['A.Oops', 'A.Output: is no valid JSONata', 'leads to a state that does not exist: X'],
  },
];
