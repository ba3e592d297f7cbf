import {
  type Found,
  queueNameOf,
  selectWatched,
} from '../../../../../../shared/domain/configuration/alarms/select-watched.ts';

const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:1:function:${name}`;
const QUEUE = 'arn:aws:sqs:eu-west-1:1:jobs';
const STREAM = 'arn:aws:kinesis:eu-west-1:1:stream/clicks';

function found(tags: Record<string, Record<string, string>>, overrides: Partial<Found> = {}): Found {
  const functions = Object.keys(tags).map((functionName) => ({
    ...{ functionName, functionArn: arnOf(functionName), timeoutSeconds: 30 },
  }));
  const tagsByArn = new Map(Object.entries(tags).map(([name, each]) => [arnOf(name), each]));
  return { functions, tagsByArn, tables: [], eventSources: [], ownTables: [], ...overrides };
}
const selected = (tags: Record<string, Record<string, string>>) =>
  selectWatched(found(tags)).functions.map(({ functionName }) => functionName);

describe('functions with alarms of their own', () => {
  it('are those tagged for them, and critical ones', () => {
    expect(
      selected({
        ...{ asked: { 'rightsizer:alarms': '' }, critical: { 'rightsizer:class': 'critical' }, other: {} },
        ...{ declined: { 'rightsizer:alarms': 'FALSE' }, standard: { 'rightsizer:class': 'standard' } },
      }),
    ).toEqual(['asked', 'critical']);
  });

  it('are none that their owner excluded, which are not counted either', () => {
    const excluded = { 'rightsizer:exclude': 'true', 'rightsizer:alarms': 'true' };
    const kept = { 'rightsizer:exclude': 'false', 'rightsizer:alarms': 'true' };
    expect(selectWatched(found({ excluded, kept, other: {} }))).toMatchObject({
      ...{ functionCount: 2, functions: [{ functionName: 'kept' }] },
    });
  });

  it('need no tags to be counted', () => {
    const { functionCount, functions } = selectWatched(found({ a: {} }, { tagsByArn: new Map() }));
    expect([functionCount, functions]).toEqual([1, []]);
  });

  it('are known with their timeout, and whether they read a stream: a queue is none', () => {
    const eventSources = [
      { functionName: 'a', eventSourceArn: STREAM },
      { functionName: 'b', eventSourceArn: QUEUE },
    ];
    const asked = { 'rightsizer:alarms': 'true' };
    expect(selectWatched(found({ a: asked, b: asked }, { eventSources })).functions).toEqual([
      { kind: 'function', functionName: 'a', timeoutSeconds: 30, consumesStream: true },
      { kind: 'function', functionName: 'b', timeoutSeconds: 30, consumesStream: false },
    ]);
  });
});

it('watches every table but ours', () => {
  const tables = ['ledger', 'orders'];
  expect(selectWatched(found({}, { tables, ownTables: ['ledger'] })).tables).toEqual(['orders']);
});

it('watches every queue that has a consumer once, in order', () => {
  const eventSources = [QUEUE, STREAM, 'arn:aws:sqs:eu-west-1:1:alpha.fifo', QUEUE].map((eventSourceArn) => ({
    ...{ functionName: 'a', eventSourceArn },
  }));
  expect(selectWatched(found({}, { eventSources })).queues).toEqual(['alpha.fifo', 'jobs']);
  expect(queueNameOf(STREAM)).toBeUndefined();
});
