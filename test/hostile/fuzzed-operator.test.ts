import * as fc from 'fast-check';
import type { OperatorTarget } from '../../shared/contracts/operator.ts';
import { operate } from '../../tasks/configuration/operate/operate.ts';
import { planExecution } from '../../tasks/configuration/operate/plan-execution.ts';
import { hostileOperatorRequest, ROUTE_KEYS } from '../support/hostile/operator-requests.ts';
import { fuzzOptions } from '../support/hostile/poison.ts';
import { asApiEvent, type RawRequest } from '../support/hostile/raw-request.ts';

/** The operator API under requests that nobody thought of; as test/hostile/fuzzed-page.test.ts says of the page. */
const stateMachineArns: Record<OperatorTarget, string> = {
  alarms: 'arn:alarms',
  autoScaling: 'arn:auto-scaling',
  optimizer: 'arn:night',
  coldStart: 'arn:cold-start',
};
const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype);

async function send(request: RawRequest) {
  const started: { arn: string; input: unknown; name: string | undefined }[] = [];
  const executions = {
    start: async (arn: string, input: unknown, name?: string) => {
      started.push({ arn, input, name });
      return { executionArn: `${arn}:1`, startedAt: '2026-11-23T09:00:00.000Z', isRepeated: false };
    },
  };
  const settings = { stateMachineArns, mayAutoApply: false };
  return { answer: await operate(asApiEvent(request), { settings, executions }), started };
}

const seen = new Set<number>();

async function expectOrderly(request: RawRequest): Promise<void> {
  const { answer, started } = await send(request);
  seen.add(answer.statusCode!);
  expect([202, 400, 404]).toContain(answer.statusCode);
  expect(started).toHaveLength(answer.statusCode === 202 ? 1 : 0);
  for (const each of started) expectOwnWords(request, each);
  expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-content-type-options': 'nosniff' });
  // JSON that a browser took for a page would hold no markup.
  expect(answer.body).not.toMatch(/[<>]/);
  expect(() => JSON.parse(answer.body!)).not.toThrow();
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(PROTOTYPE);
}

/** What is started is what the contract let through, by a route there is, under a name that Step Functions takes. */
function expectOwnWords(
  { routeKey }: RawRequest,
  { arn, input, name }: Awaited<ReturnType<typeof send>>['started'][0],
) {
  expect(ROUTE_KEYS).toContain(routeKey);
  expect(Object.values(stateMachineArns)).toContain(arn);
  if (name !== undefined) expect(name).toMatch(/^[\w-]{1,80}$/);
  const fields = Object.keys(input as object);
  const again = routeKey === 'POST /optimizer' ? input : planExecution(routeKey!, input, false)?.input;
  expect(again).toEqual(input);
  expect(fields).not.toContain('__proto__');
}

it.each(['__proto__', 'constructor', 'toString'])('knows no route %s, which every object has', async (routeKey) => {
  const request = { method: 'POST', path: '/', query: '', headers: [], body: '{}', isBase64Encoded: false, routeKey };
  const { answer, started } = await send(request);
  expect([answer.statusCode, started]).toEqual([404, []]);
});

it('starts only what its contracts let through, whatever is sent, and answers in JSON without markup', async () => {
  await fc.assert(fc.asyncProperty(hostileOperatorRequest, expectOrderly), fuzzOptions(0.3));
  // Each way of answering was met, so that none of them was passed over.
  expect([...seen].toSorted((a, b) => a - b)).toEqual([202, 400, 404]);
});
