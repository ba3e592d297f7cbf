import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import { parse } from 'yaml';
import { OPERATOR_ROUTES } from '../../../../../infra/constructs/configuration/operator-api.ts';
import { operate } from '../../../../../tasks/configuration/operate/operate.ts';

interface Operation {
  requestBody: {
    content: { 'application/json': { schema: { $ref: string }; examples: Record<string, { value: unknown }> } };
  };
  responses: Record<string, { $ref: string }>;
}

const DOCUMENT_ID = 'openapi.yaml';
const document = parse(readFileSync(path.join(__dirname, '../../../../../docs/openapi.yaml'), 'utf8'), {
  merge: true,
}) as {
  paths: Record<string, { post: Operation }>;
  components: { responses: Record<string, { content?: { 'application/json': { schema: { $ref: string } } } }> };
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: DOCUMENT_ID, ...document });

const validator = (pointer: string): ValidateFunction => ajv.getSchema(`${DOCUMENT_ID}${pointer}`)!;
const routes = Object.entries(document.paths).map(([route, { post }]) => ({
  route,
  accepts: validator(post.requestBody.content['application/json'].schema.$ref),
  examples: Object.values(post.requestBody.content['application/json'].examples).map(({ value }) => value),
  responses: post.responses,
}));

async function post(route: string, body: unknown, headers: Record<string, string> = {}, mayAutoApply = true) {
  const settings = {
    stateMachineArns: { alarms: 'arn:a', autoScaling: 'arn:s', optimizer: 'arn:o', coldStart: 'arn:c' },
    mayAutoApply,
  };
  const start = async () => ({ executionArn: 'arn:e', startedAt: '2026-11-23T09:00:00.000Z', isRepeated: false });
  const event = { routeKey: `POST ${route}`, headers, body: JSON.stringify(body), isBase64Encoded: false };
  const answer = await operate(event as unknown as APIGatewayProxyEventV2, { settings, executions: { start } });
  return { status: answer.statusCode!, body: JSON.parse(String(answer.body)) as unknown };
}

/** Whether an answer has the form that the document gives for its status on that route. */
function isDocumented(responses: Operation['responses'], { status, body }: { status: number; body: unknown }): boolean {
  const name = responses[status]?.$ref.split('/').at(-1);
  const schema = name && document.components.responses[name]?.content?.['application/json'].schema.$ref;
  return schema !== undefined && validator(schema)(body) === true;
}

it('documents every route and no other', () => {
  expect(routes.map(({ route }) => route).sort()).toEqual(Object.values(OPERATOR_ROUTES).sort());
});

it.each(routes)('$route accepts the examples it shows, and answers as documented', async (each) => {
  expect(each.examples.length).toBeGreaterThan(1);
  for (const example of each.examples) {
    expect([example, each.accepts(example)]).toEqual([example, true]);
    const answer = await post(each.route, example);
    expect([answer.status, isDocumented(each.responses, answer)]).toEqual([202, true]);
  }
});

/** Everything that some field or other may hold, its bounds among them, and much that none may. */
const VALUES = [
  ...['setup', 'reconcile', 'plan', 'remove', 'configure', 'undo', 'applyAll', 'optimizeAll', 'optimize'],
  ...['classes', 'measured', 'cost', 'balanced', 'speed', 'brief-rules', 'alerts@example.com', 'nobody', ''],
  ...[true, false, null, 0, -1, 0.5, 1_000, Number.MAX_VALUE, {}, [], ['orders', 'checkout'], ['a b'], [''], [7]],
  ...[['x'.repeat(64)], ['x'.repeat(65)], Array(1_000).fill('orders'), Array(1_001).fill('orders')],
];
const FIELDS = [
  ...['action', 'email', 'fleetBudgetUsdPerMonth', 'mode', 'wantedP99Ms', 'autoApply', 'dryRun', 'strategy'],
  ...['functionNames', 'force', '__proto__', 'constructor'],
];
const value = fc.constantFrom(...VALUES);
const field = fc.tuple(fc.constantFrom(...FIELDS), value);

/** Half of the bodies begin as an example, so that the valid ones are not one in a million. */
function bodies(examples: readonly unknown[]) {
  const start = fc.oneof(fc.constantFrom(...(examples as object[])), fc.record({ action: value }), fc.constant({}));
  return fc.oneof(
    {
      weight: 9,
      arbitrary: fc.tuple(start, fc.array(field, { maxLength: 2 })).map(([from, fields]) => withFields(from, fields)),
    },
    { weight: 1, arbitrary: value },
  );
}

/** As `JSON.parse` makes it: `__proto__` is a property like any other. */
const withFields = (from: object, fields: readonly [string, unknown][]): unknown =>
  JSON.parse(
    `{${[...Object.entries(from), ...fields].map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`).join()}}`,
  );

it.each(routes)('$route accepts exactly the bodies that the document allows', async ({ route, ...documented }) => {
  const seen = { accepted: 0, refused: 0 };
  const agree = async (body: unknown) => {
    const allowed = documented.accepts(body) === true;
    const answer = await post(route, body);
    seen[allowed ? 'accepted' : 'refused'] += 1;
    expect([body, answer.status]).toEqual([body, allowed ? 202 : 400]);
    expect(isDocumented(documented.responses, answer)).toBe(true);
  };
  for (const example of documented.examples) {
    for (const name of FIELDS) for (const each of VALUES) await agree(withFields(example as object, [[name, each]]));
  }
  await fc.assert(fc.asyncProperty(bodies(documented.examples), agree), { numRuns: 500, seed: 7 });
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(25);
});

it('documents the header as it is checked', async () => {
  const documented = validator('#/components/parameters/IdempotencyKey/schema');
  for (const key of ['night-2026-11-23', 'x'.repeat(80), 'x'.repeat(81), '', 'a:b', 'ä']) {
    const { status } = await post('/auto-scaling', { action: 'plan' }, { 'idempotency-key': key });
    expect([key, status]).toEqual([key, documented(key) ? 202 : 400]);
  }
});

it('shows a signed call of curl for the brief’s request', () => {
  const { description } = (document as unknown as { info: { description: string } }).info;
  expect(description).toMatch(
    /curl --aws-sigv4 "aws:amz:\$AWS_REGION:execute-api"[\s\S]*\{"action":"optimizeAll","autoApply":true\}/,
  );
});
