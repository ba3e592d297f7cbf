import { X509Certificate } from 'node:crypto';
import { type LambdaService, startLambdaService } from '../../../../bench/load/lambda-service.ts';
import { selfSigned } from '../../../../bench/load/self-signed.ts';

let service: LambdaService;

beforeEach(async () => {
  service = await startLambdaService(5_000);
});

afterEach(() => service.close());

async function next(runtimeApi: string) {
  const response = await fetch(`http://${runtimeApi}/2018-06-01/runtime/invocation/next`);
  return {
    requestId: response.headers.get('lambda-runtime-aws-request-id'),
    headers: response.headers,
    event: await response.json(),
  };
}

function settle(runtimeApi: string, requestId: string | null, outcome: 'response' | 'error', body: unknown) {
  const url = `http://${runtimeApi}/2018-06-01/runtime/invocation/${requestId}/${outcome}`;
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

function invoke(event: unknown) {
  return fetch(service.invokeUrl, { method: 'POST', body: JSON.stringify(event) });
}

describe('the local Lambda service', () => {
  it('hands an event to the environment that asks, and its response to the caller', async () => {
    const api = await service.addEnvironment();
    const called = invoke({ query: 'light' });
    const invocation = await next(api);
    expect(invocation.event).toEqual({ query: 'light' });
    expect(Number(invocation.headers.get('lambda-runtime-deadline-ms'))).toBeGreaterThan(0);
    expect((await settle(api, invocation.requestId, 'response', { answer: 1 })).status).toBe(202);
    const answer = await called;
    expect([answer.status, await answer.json()]).toEqual([200, { answer: 1 }]);
  });

  it('lets an environment run one invocation at a time and keeps the others waiting in order', async () => {
    const api = await service.addEnvironment();
    const first = invoke({ number: 1 });
    const invocation = await next(api);
    const second = invoke({ number: 2 });
    await settle(api, invocation.requestId, 'response', 'one');
    const following = await next(api);
    expect([invocation.event, following.event]).toEqual([{ number: 1 }, { number: 2 }]);
    await settle(api, following.requestId, 'response', 'two');
    expect([await (await first).json(), await (await second).json()]).toEqual(['one', 'two']);
  });

  it('tells the caller that the function failed', async () => {
    const api = await service.addEnvironment();
    const called = invoke({});
    const { requestId } = await next(api);
    await settle(api, requestId, 'error', { errorType: 'RangeError' });
    const answer = await called;
    expect([answer.status, await answer.json()]).toEqual([502, { errorType: 'RangeError' }]);
  });
});

describe('selfSigned', () => {
  it('makes a certificate for loopback that its own key signed and that is valid now', () => {
    const nowMs = Date.UTC(2026, 10, 23);
    const certificate = new X509Certificate(selfSigned(nowMs).certificatePem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.ca).toBe(true);
    expect(certificate.validFromDate.getTime()).toBeLessThan(nowMs);
    expect(certificate.validToDate.getTime()).toBeGreaterThan(nowMs);
  });
});
