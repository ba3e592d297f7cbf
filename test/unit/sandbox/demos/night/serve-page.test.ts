import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ServedPage, servePage } from '../../../../../sandbox/demos/night/serve-page.ts';

describe('serving a handler on localhost', () => {
  const events: APIGatewayProxyEventV2[] = [];
  let page: ServedPage;

  beforeEach(async () => {
    events.length = 0;
    page = await servePage(async (event): Promise<APIGatewayProxyStructuredResultV2> => {
      events.push(event);
      if (event.rawPath === '/broken') throw new Error('broken');
      if (event.rawPath === '/away') return { statusCode: 303, headers: { location: '/elsewhere' } };
      if (event.rawPath === '/cookies') return { statusCode: 200, cookies: ['c=3; Path=/', 'd=4; Path=/'] };
      const body = gzipSync('packed').toString('base64');
      return { statusCode: 201, headers: { 'content-encoding': 'gzip', 'x-own': 'yes' }, body, isBase64Encoded: true };
    });
  });
  afterEach(() => page.close());

  it('hands a GET on as an HTTP API event, payload 2.0', async () => {
    await fetch(`${page.url}/runs/abc?sort=risk&q=a%20b`, { headers: { 'X-Mixed-Case': 'kept' } });
    expect(events[0]).toMatchObject({
      version: '2.0',
      rawPath: '/runs/abc',
      rawQueryString: 'sort=risk&q=a%20b',
      headers: { 'x-mixed-case': 'kept' },
      requestContext: { domainName: new URL(page.url).host, http: { method: 'GET', path: '/runs/abc' } },
      isBase64Encoded: false,
    });
    expect(events[0]).not.toHaveProperty('body');
  });

  it('hands a body on in base64, as API Gateway may', async () => {
    await fetch(`${page.url}/x`, { method: 'POST', body: new URLSearchParams({ name: 'Ana é' }) });
    expect(events[0]!.isBase64Encoded).toBe(true);
    expect(Buffer.from(events[0]!.body!, 'base64').toString()).toBe('name=Ana+%C3%A9');
  });

  it('hands cookies on one by one, and sets those of the answer so', async () => {
    const answer = await fetch(`${page.url}/cookies`, { headers: { cookie: 'a=1; b=2' } });
    expect(events[0]!.cookies).toEqual(['a=1', 'b=2']);
    expect(events[0]!.headers).not.toHaveProperty('cookie');
    expect(answer.headers.getSetCookie()).toEqual(['c=3; Path=/', 'd=4; Path=/']);
  });

  it('takes a path of two slashes for a path and for no host', async () => {
    await fetch(`${page.url}//elsewhere.example.com/runs/abc`);
    expect(events[0]!.rawPath).toBe('//elsewhere.example.com/runs/abc');
  });

  it('sends status, headers and bytes of the answer', async () => {
    const answer = await fetch(`${page.url}/x`);
    expect([answer.status, answer.headers.get('x-own'), await answer.text()]).toEqual([201, 'yes', 'packed']);
    const redirect = await fetch(`${page.url}/away`, { redirect: 'manual' });
    expect([redirect.status, redirect.headers.get('location')]).toEqual([303, '/elsewhere']);
  });

  it('answers 500 and says nothing when the handler throws', async () => {
    const answer = await fetch(`${page.url}/broken`);
    expect([answer.status, await answer.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('refuses more than 10 MiB itself', async () => {
    const answer = await fetch(`${page.url}/x`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
    expect(events).toEqual([]);
  });
});
