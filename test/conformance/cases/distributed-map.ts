import type { ConformanceCase } from '../run-case.ts';
import { distributedMap, guide, machine, pass, recorded, task } from '../vocabulary.ts';

const DISTRIBUTED = guide('state-map-distributed.html');
const READER = guide('input-output-itemreader.html');
const BATCHER = guide('input-output-itembatcher.html');
const WRITER = guide('input-output-resultwriter.html');
const TOLERANCE = guide('state-map-distributed.html#distributed-map-fields');
const wait = (Seconds: number) => ({ Type: 'Wait', Seconds, End: true });
const reader = (InputType: string, config: Record<string, unknown> = {}) => ({
  Resource: 'arn:aws:states:::s3:getObject',
  ReaderConfig: { InputType, ...config },
  Arguments: { Bucket: 'bucket', Key: '{% $states.input.key %}' },
});
const fromFile = (body: string, itemReader: unknown, extra: Record<string, unknown> = {}) => ({
  definition: machine({ A: distributedMap({ B: pass() }, { ItemReader: itemReader, ...extra }) }),
  input: { key: 'file' },
  objects: { 'bucket/file': body },
});
const failing = (count: number, good: number) => [
  ...Array.from({ length: count }, () => ({ throws: ['Boom', 'it broke'] }) as const),
  ...Array.from({ length: good }, () => ({ returns: 'ok' }) as const),
];
const mapOfTasks = (items: number, extra: Record<string, unknown>) =>
  machine({
    A: distributedMap(
      { B: task('f') },
      { Items: `{% [1..${items}] %}`, MaxConcurrency: 1, Output: 'survived', ...extra },
    ),
  });

/** Distributed Map: readers, batches, tolerance, children. */
export const distributedMapCases: readonly ConformanceCase[] = [
  {
    id: 'distributed-map-over-items',
    source: DISTRIBUTED,
    definition: machine({
      A: distributedMap({ B: pass({ Output: '{% $states.input * 2 %}' }) }, { Items: [1, 2, 3] }),
    }),
    expect: { status: 'SUCCEEDED', output: [2, 4, 6] },
  },
  {
    id: 'distributed-map-with-express-children',
    source: DISTRIBUTED,
    definition: machine({ A: distributedMap({ B: task('f') }, { Items: [1, 2] }, 'EXPRESS') }),
    tasks: { f: [{ echoes: true }] },
    expect: { status: 'SUCCEEDED', output: [1, 2], calls: { f: 2 } },
  },
  {
    id: 'distributed-map-over-no-items',
    source: DISTRIBUTED,
    definition: machine({ A: distributedMap({ B: task('never') }, { Items: [] }) }),
    expect: { status: 'SUCCEEDED', output: [], calls: {} },
  },
  {
    id: 'distributed-children-do-not-see-outer-variables',
    source: guide('workflow-variables.html'),
    definition: machine({
      A: pass({ Assign: { outer: 1 }, Next: 'B' }),
      B: distributedMap({ C: pass({ Output: '{% $exists($outer) %}' }) }, { Items: [1] }),
    }),
    expect: { status: 'SUCCEEDED', output: [false] },
  },
  {
    id: 'distributed-map-fields-see-outer-variables',
    source: recorded('assign/test_assign_reference_variables'),
    definition: machine({
      A: pass({ Assign: { list: [1, 2], tag: 't' }, Next: 'B' }),
      B: distributedMap(
        { C: pass() },
        { Items: '{% $list %}', ItemSelector: { v: '{% $states.context.Map.Item.Value %}', t: '{% $tag %}' } },
      ),
    }),
    expect: {
      status: 'SUCCEEDED',
      output: [
        { v: 1, t: 't' },
        { v: 2, t: 't' },
      ],
    },
  },
  {
    id: 'distributed-children-are-executions-of-their-own',
    source: DISTRIBUTED,
    definition: machine({
      A: distributedMap(
        {
          B: pass({
            Output: {
              machine: '{% $states.context.StateMachine.Id %}',
              input: '{% $states.context.Execution.Input %}',
            },
          }),
        },
        { Items: [7], Label: 'Kids' },
      ),
    }),
    expect: {
      status: 'SUCCEEDED',
      output: [{ machine: 'arn:aws:states:eu-west-1:123456789012:stateMachine:Machine/Kids', input: 7 }],
    },
  },
  {
    id: 'distributed-max-concurrency',
    source: DISTRIBUTED,
    definition: machine({ A: distributedMap({ B: wait(5) }, { Items: [1, 2, 3, 4], MaxConcurrency: 2 }) }),
    expect: { status: 'SUCCEEDED', seconds: 10 },
  },
  {
    id: 'distributed-unlimited-concurrency',
    source: DISTRIBUTED,
    definition: machine({ A: distributedMap({ B: wait(5) }, { Items: '{% [1..500] %}', Output: 'ok' }) }),
    expect: { status: 'SUCCEEDED', seconds: 5 },
  },
  {
    id: 'express-child-ends-after-five-minutes',
    source: guide('service-quotas.html'),
    definition: machine({ A: distributedMap({ B: wait(301) }, { Items: [1] }, 'EXPRESS') }),
    expect: { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold', seconds: 300 },
  },
  {
    id: 'standard-child-may-wait-for-days',
    source: guide('service-quotas.html'),
    definition: machine({ A: distributedMap({ B: wait(864_000) }, { Items: [1] }) }),
    expect: { status: 'SUCCEEDED', seconds: 864_000 },
  },
  {
    id: 'reader-json-array',
    source: READER,
    ...fromFile('[{"a":1},{"a":2}]', reader('JSON')),
    expect: { status: 'SUCCEEDED', output: [{ a: 1 }, { a: 2 }] },
  },
  {
    id: 'reader-json-items-pointer',
    source: READER,
    ...fromFile('{"inventory":{"a/b":[1,2]}}', reader('JSON', { ItemsPointer: '/inventory/a~1b' })),
    expect: { status: 'SUCCEEDED', output: [1, 2] },
  },
  {
    id: 'reader-json-lines',
    source: READER,
    ...fromFile('{"a":1}\n\n[2]\n"x"', reader('JSONL')),
    expect: { status: 'SUCCEEDED', output: [{ a: 1 }, [2], 'x'] },
  },
  {
    id: 'reader-csv-with-headers-in-the-first-row',
    source: READER,
    ...fromFile('name,size\r\na,1\r\n"b ""q"", c",2\n', reader('CSV', { CSVHeaderLocation: 'FIRST_ROW' })),
    expect: {
      status: 'SUCCEEDED',
      output: [
        { name: 'a', size: '1' },
        { name: 'b "q", c', size: '2' },
      ],
    },
  },
  {
    id: 'reader-csv-with-given-headers',
    source: READER,
    ...fromFile('a,1\nb,2', reader('CSV', { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['name', 'size'] })),
    expect: {
      status: 'SUCCEEDED',
      output: [
        { name: 'a', size: '1' },
        { name: 'b', size: '2' },
      ],
    },
  },
  {
    id: 'reader-csv-with-another-delimiter-and-uneven-rows',
    source: READER,
    ...fromFile('a|b\n1\n2|3|4\n', reader('CSV', { CSVHeaderLocation: 'FIRST_ROW', CSVDelimiter: 'PIPE' })),
    expect: {
      status: 'SUCCEEDED',
      output: [
        { a: '1', b: '' },
        { a: '2', b: '3' },
      ],
    },
  },
  {
    id: 'reader-max-items',
    source: READER,
    ...fromFile('[1,2,3]', reader('JSON', { MaxItems: 2 })),
    expect: { status: 'SUCCEEDED', output: [1, 2] },
  },
  {
    id: 'reader-max-items-from-an-expression',
    source: READER,
    ...fromFile('[1,2,3]', reader('JSON', { MaxItems: '{% $length($states.input.key) - 3 %}' })),
    expect: { status: 'SUCCEEDED', output: [1] },
  },
  {
    id: 'reader-tells-the-source-of-items',
    source: guide('input-output-contextobject.html'),
    ...fromFile('["x"]', reader('JSON'), { ItemSelector: '{% $states.context.Map.Item %}' }),
    expect: { status: 'SUCCEEDED', output: [{ Index: 0, Value: 'x', Source: 'S3://bucket/file' }] },
  },
  {
    id: 'reader-of-a-missing-object',
    source: guide('concepts-error-handling.html'),
    definition: machine({ A: distributedMap({ B: pass() }, { ItemReader: reader('JSON') }) }),
    input: { key: 'absent' },
    expect: { status: 'FAILED', error: 'States.ItemReaderFailed', cause: 'absent' },
  },
  {
    id: 'reader-of-no-json',
    source: READER,
    ...fromFile('nope', reader('JSON')),
    expect: { status: 'FAILED', error: 'States.ItemReaderFailed' },
  },
  {
    id: 'reader-of-no-array',
    source: READER,
    ...fromFile('{"a":1}', reader('JSON')),
    expect: { status: 'FAILED', error: 'States.ItemReaderFailed' },
  },
  {
    id: 'reader-failure-is-caught',
    source: guide('concepts-error-handling.html'),
    definition: machine({
      A: distributedMap(
        { B: pass() },
        { ItemReader: reader('JSON'), Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'C' }] },
      ),
      C: pass({ Output: 'caught' }),
    }),
    input: { key: 'absent' },
    expect: { status: 'SUCCEEDED', output: 'caught' },
  },
  {
    id: 'batcher-groups-items',
    source: BATCHER,
    definition: machine({
      A: distributedMap({ B: pass() }, { Items: [1, 2, 3, 4, 5], ItemBatcher: { MaxItemsPerBatch: 2 } }),
    }),
    expect: { status: 'SUCCEEDED', output: [{ Items: [1, 2] }, { Items: [3, 4] }, { Items: [5] }] },
  },
  {
    id: 'batcher-adds-batch-input',
    source: BATCHER,
    definition: machine({
      A: distributedMap(
        { B: pass() },
        { Items: [1, 2], ItemBatcher: { MaxItemsPerBatch: 10, BatchInput: { fact: '{% $states.input.f %}' } } },
      ),
    }),
    input: { f: 'checked' },
    expect: { status: 'SUCCEEDED', output: [{ BatchInput: { fact: 'checked' }, Items: [1, 2] }] },
  },
  {
    id: 'batcher-size-from-an-expression',
    source: BATCHER,
    definition: machine({
      A: distributedMap(
        { B: pass() },
        { Items: [1, 2, 3], ItemBatcher: { MaxItemsPerBatch: '{% $states.input.n %}' } },
      ),
    }),
    input: { n: 3 },
    expect: { status: 'SUCCEEDED', output: [{ Items: [1, 2, 3] }] },
  },
  {
    id: 'batcher-limits-bytes',
    source: BATCHER,
    definition: machine({
      A: distributedMap({ B: pass() }, { Items: ['aaaa', 'bbbb', 'cccc'], ItemBatcher: { MaxInputBytesPerBatch: 25 } }),
    }),
    expect: { status: 'SUCCEEDED', output: [{ Items: ['aaaa', 'bbbb'] }, { Items: ['cccc'] }] },
  },
  {
    id: 'batcher-takes-the-tighter-limit',
    source: BATCHER,
    definition: machine({
      A: distributedMap(
        { B: pass() },
        { Items: ['aaaa', 'bbbb', 'c', 'd'], ItemBatcher: { MaxInputBytesPerBatch: 25, MaxItemsPerBatch: 2 } },
      ),
    }),
    expect: { status: 'SUCCEEDED', output: [{ Items: ['aaaa', 'bbbb'] }, { Items: ['c', 'd'] }] },
  },
  {
    id: 'batcher-works-on-selected-items',
    source: BATCHER,
    definition: machine({
      A: distributedMap(
        { B: pass() },
        {
          Items: [1, 2],
          ItemSelector: { n: '{% $states.context.Map.Item.Value %}' },
          ItemBatcher: { MaxItemsPerBatch: 2 },
        },
      ),
    }),
    expect: { status: 'SUCCEEDED', output: [{ Items: [{ n: 1 }, { n: 2 }] }] },
  },
  {
    id: 'one-failure-fails-a-map-run-without-tolerance',
    source: TOLERANCE,
    definition: mapOfTasks(3, {}),
    tasks: { f: failing(1, 2) },
    expect: {
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'tolerated failure threshold was exceeded',
      calls: { f: 1 },
    },
  },
  {
    id: 'tolerated-count-is-inclusive',
    source: TOLERANCE,
    definition: mapOfTasks(4, { ToleratedFailureCount: 2 }),
    tasks: { f: failing(2, 2) },
    expect: { status: 'SUCCEEDED', output: 'survived', calls: { f: 4 } },
  },
  {
    id: 'tolerated-count-exceeded',
    source: TOLERANCE,
    definition: mapOfTasks(4, { ToleratedFailureCount: 1 }),
    tasks: { f: failing(2, 2) },
    expect: { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold', calls: { f: 2 } },
  },
  {
    id: 'tolerated-percentage-is-inclusive',
    source: TOLERANCE,
    definition: mapOfTasks(4, { ToleratedFailurePercentage: 50 }),
    tasks: { f: failing(2, 2) },
    expect: { status: 'SUCCEEDED', output: 'survived' },
  },
  {
    id: 'tolerated-percentage-exceeded',
    source: TOLERANCE,
    definition: mapOfTasks(4, { ToleratedFailurePercentage: 49.9 }),
    tasks: { f: failing(2, 2) },
    expect: { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' },
  },
  {
    id: 'tolerating-everything',
    source: TOLERANCE,
    definition: mapOfTasks(3, { ToleratedFailurePercentage: 100 }),
    tasks: { f: failing(3, 0) },
    expect: { status: 'SUCCEEDED', output: 'survived', calls: { f: 3 } },
  },
  {
    id: 'exceeding-either-threshold-fails',
    source: TOLERANCE,
    definition: mapOfTasks(10, { ToleratedFailurePercentage: 90, ToleratedFailureCount: 1 }),
    tasks: { f: failing(2, 8) },
    expect: { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' },
  },
  {
    id: 'a-failed-batch-counts-all-its-items',
    source: TOLERANCE,
    definition: mapOfTasks(10, { ToleratedFailureCount: 4, ItemBatcher: { MaxItemsPerBatch: 5 } }),
    tasks: { f: failing(1, 1) },
    expect: { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' },
  },
  {
    id: 'tolerance-from-expressions',
    source: TOLERANCE,
    definition: mapOfTasks(4, {
      ToleratedFailurePercentage: '{% $states.input.p %}',
      ToleratedFailureCount: '{% $states.input.c %}',
    }),
    input: { p: 50, c: 2 },
    tasks: { f: failing(2, 2) },
    expect: { status: 'SUCCEEDED', output: 'survived' },
  },
  {
    id: 'exceeded-threshold-is-caught',
    source: guide('concepts-error-handling.html'),
    definition: machine({
      A: distributedMap(
        { B: task('f') },
        { Items: [1], Catch: [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'C' }] },
      ),
      C: pass({ Output: 'caught' }),
    }),
    tasks: { f: failing(1, 0) },
    expect: { status: 'SUCCEEDED', output: 'caught' },
  },
  {
    id: 'writer-config-flattens-the-output',
    source: WRITER,
    definition: machine({
      A: distributedMap(
        { B: pass({ Output: ['{% $states.input %}', 0] }) },
        { Items: [1, 2], ResultWriter: { WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSON' } } },
      ),
    }),
    expect: { status: 'SUCCEEDED', output: [1, 0, 2, 0] },
  },
  {
    id: 'writer-config-compact-keeps-arrays',
    source: WRITER,
    definition: machine({
      A: distributedMap(
        { B: pass({ Output: ['{% $states.input %}'] }) },
        { Items: [1, 2], ResultWriter: { WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' } } },
      ),
    }),
    expect: { status: 'SUCCEEDED', output: [[1], [2]] },
  },
  {
    id: 'writer-config-none-adds-metadata',
    source: WRITER,
    definition: machine({
      A: distributedMap(
        { B: pass({ Output: 'out' }) },
        {
          Items: [1],
          ResultWriter: { WriterConfig: { Transformation: 'NONE', OutputType: 'JSON' } },
          Output: '{% $states.result[0].[Status, Input, Output, RedriveStatus, $keys($)] %}',
        },
      ),
    }),
    expect: {
      status: 'SUCCEEDED',
      output: [
        'SUCCEEDED',
        '1',
        '"out"',
        'NOT_REDRIVABLE',
        'ExecutionArn',
        'Input',
        'InputDetails',
        'Name',
        'Output',
        'OutputDetails',
        'RedriveCount',
        'RedriveStatus',
        'RedriveStatusReason',
        'StartDate',
        'StateMachineArn',
        'Status',
        'StopDate',
      ],
    },
  },
  {
    id: 'results-too-large-for-the-output',
    source: WRITER,
    definition: machine({
      A: distributedMap({ B: pass({ Output: { t: '{% $pad("", 10000, "x") %}' } }) }, { Items: '{% [1..30] %}' }),
    }),
    expect: { status: 'FAILED', error: 'States.DataLimitExceeded' },
  },
];
