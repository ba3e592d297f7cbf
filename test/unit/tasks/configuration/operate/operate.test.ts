import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { ExecutionStarter } from '../../../../../shared/clients/start-execution.ts';
import { parseRunInput } from '../../../../../shared/contracts/run.ts';
import { operate } from '../../../../../tasks/configuration/operate/operate.ts';

const stateMachineArns = {
  alarms: 'arn:alarms',
  autoScaling: 'arn:auto-scaling',
  optimizer: 'arn:night',
  coldStart: 'arn:cold-start',
};

function api(mayAutoApply = false, arns: Partial<typeof stateMachineArns> = stateMachineArns) {
  const started: { arn: string; input: unknown; name: string | undefined }[] = [];
  const executions: ExecutionStarter = {
    start: async (arn, input, name) => {
      const isRepeated = name !== undefined && started.some((each) => each.name === name);
      if (!isRepeated) started.push({ arn, input, name });
      return { executionArn: `${arn}:${name ?? started.length}`, startedAt: '2026-11-23T09:00:00.000Z', isRepeated };
    },
  };
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const event = { routeKey: `POST ${path}`, headers, body: text, isBase64Encoded: false };
    const settings = { stateMachineArns: arns, mayAutoApply };
    const answer = await operate(event as APIGatewayProxyEventV2, { settings, executions });
    return { status: answer.statusCode, body: JSON.parse(String(answer.body)) };
  };
  return { post, started };
}

describe('the brief’s requests', () => {
  it.each([
    ['/alarms', { action: 'setup', email: 'alerts@example.com' }, 'arn:alarms'],
    ['/auto-scaling', { action: 'configure' }, 'arn:auto-scaling'],
    ['/cold-start', { action: 'applyAll' }, 'arn:cold-start'],
  ])('POST %s with %j starts its workflow with the same input', async (path, body, arn) => {
    const { post, started } = api();
    expect(await post(path, body)).toMatchObject({ status: 202, body: { executionArn: `${arn}:1`, approval: 'none' } });
    expect(started).toEqual([{ arn, input: body, name: undefined }]);
  });

  it('POST /optimizer with autoApply asks people where policy forbids it, and says so', async () => {
    const { post, started } = api(false);
    const answer = await post('/optimizer', { action: 'optimizeAll', autoApply: true });
    expect(answer).toMatchObject({
      status: 202,
      body: { approval: 'ask', message: expect.stringContaining('autoApply is not allowed by policy') },
    });
    expect(started).toEqual([{ arn: 'arn:night', input: { approvalMode: 'ask' }, name: undefined }]);
  });

  it('POST /optimizer with autoApply lets the rules decide where the stage has some', async () => {
    const { post, started } = api(true);
    expect((await post('/optimizer', { action: 'optimizeAll', autoApply: true })).body.approval).toBe('policy');
    expect(started[0]!.input).toEqual({ approvalMode: 'policy' });
  });

  it('POST /optimizer without autoApply never uses the rules', async () => {
    const { post, started } = api(true);
    expect((await post('/optimizer', { action: 'optimizeAll' })).body.approval).toBe('ask');
    expect(started[0]!.input).toEqual({ approvalMode: 'ask' });
  });
});

it('starts runs with inputs that the first state accepts', async () => {
  const { post, started } = api(true);
  const bodies = [
    { action: 'optimizeAll' },
    { action: 'optimizeAll', autoApply: true, strategy: 'balanced' },
    { action: 'optimizeAll', dryRun: true, autoApply: true },
    { action: 'optimize', functionNames: ['orders', 'checkout'] },
  ];
  for (const body of bodies) expect((await post('/optimizer', body)).status).toBe(202);
  for (const { input } of started) expect(parseRunInput(input)).toEqual(input);
  expect(started[2]!.input).toEqual({ dryRun: true, approvalMode: 'ask' });
  expect(started[3]!.input).toMatchObject({ scope: { functionNames: ['orders', 'checkout'] } });
});

describe('wrong requests', () => {
  it.each([
    ['/optimizer', { action: 'optimiseAll' }, 'action'],
    ['/optimizer', { action: 'optimizeAll', force: true }, 'force'],
    ['/optimizer', { action: 'optimize', functionNames: [] }, 'functionNames'],
    ['/auto-scaling', {}, 'action'],
    ['/cold-start', { action: 'applyAll', mode: 'guess' }, 'mode'],
    ['/alarms', { action: 'setup', email: 'nobody' }, 'email'],
    ['/alarms', '{"action":', 'must be JSON'],
    ['/alarms', '', 'must be JSON'],
    ['/alarms', 'null', '(whole input)'],
  ])('POST %s with %j is answered 400, naming %s, and starts nothing', async (path, body, named) => {
    const { post, started } = api();
    const answer = await post(path, body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(named);
    expect(started).toEqual([]);
  });

  it.each([
    ['nested deeper than the stack goes', '['.repeat(49_999) + ']'.repeat(49_999)],
    ['of half a character', '"\\ud800"'],
    ['a number beyond all numbers', '1e999'],
    ['with a field twice, the last of which counts', '{"action":"optimizeAll","action":"optimize"}'],
  ])('a body %s is answered 400 in a few words and starts nothing', async (_title, body) => {
    const { post, started } = api();
    const answer = await post('/optimizer', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body).length).toBeLessThan(500);
    expect(started).toEqual([]);
  });

  it('a body of more than 100 KB is refused', async () => {
    const { post } = api();
    expect((await post('/alarms', `{"a":"${'x'.repeat(100_001)}"}`)).body.message).toContain('at most 100000 bytes');
  });

  it.each([
    ['a route there is none of', '/nothing', stateMachineArns],
    ['a workflow that is not deployed', '/alarms', {}],
  ])('%s is answered 404', async (_title, path, arns) => {
    const { post } = api(false, arns);
    expect((await post(path, { action: 'plan' })).status).toBe(404);
  });
});

it('answers a repeated request with the execution that the first one started', async () => {
  const { post, started } = api();
  const key = { 'idempotency-key': 'night-2026-11-23' };
  const first = await post('/optimizer', { action: 'optimizeAll' }, key);
  const second = await post('/optimizer', { action: 'optimizeAll' }, key);
  expect(second.body.executionArn).toBe(first.body.executionArn);
  expect([first.body.isRepeated, second.body.isRepeated]).toEqual([false, true]);
  expect(started).toHaveLength(1);
  expect((await post('/optimizer', { action: 'optimizeAll' }, { 'idempotency-key': 'a:b' })).status).toBe(400);
});

it('reads bodies that API Gateway encoded', async () => {
  const { post, started } = api();
  await post('/auto-scaling', { action: 'plan' });
  const event = {
    routeKey: 'POST /auto-scaling',
    headers: {},
    body: Buffer.from('{"action":"undo"}').toString('base64'),
    isBase64Encoded: true,
  };
  const executions: ExecutionStarter = {
    start: async (_arn, input) => {
      started.push({ arn: '', input, name: undefined });
      return { executionArn: 'arn', startedAt: '', isRepeated: false };
    },
  };
  const settings = { stateMachineArns, mayAutoApply: false };
  await operate(event as unknown as APIGatewayProxyEventV2, { settings, executions });
  expect(started[1]!.input).toEqual({ action: 'undo' });
});

it('answers a body full of mistakes with some of them, and how many more there are', async () => {
  const functionNames = Array.from({ length: 1_000 }, () => '<'.repeat(64));
  const { status, body } = await api().post('/optimizer', { action: 'optimize', functionNames });
  expect(status).toBe(400);
  expect(body.problems).toHaveLength(51);
  expect(body.problems.at(-1)).toBe('and 950 more');
  expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(60_000);
});
