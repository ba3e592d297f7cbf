import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { driveLoad, type LoadSettings } from '../../../../bench/load/drive-load.ts';

let server: Server;
let questions: string[];
let settings: LoadSettings;

beforeEach(async () => {
  questions = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      questions.push(body);
      response.writeHead(questions.length === 1 ? 502 : 200).end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  settings = {
    invokeUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/invoke`,
    users: 5,
    thinkSeconds: 0,
    requests: 50,
    maxSeconds: 20,
    keys: 20,
    zipfExponent: 1,
    seed: 1,
  };
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

describe('driveLoad', () => {
  it('has every user ask, times every answer and counts what failed', async () => {
    const outcome = await driveLoad(settings);
    expect(outcome).toMatchObject({ users: 5, requests: 50, failed: 1 });
    expect(outcome.p50Ms).toBeGreaterThan(0);
    expect(outcome.p95Ms).toBeLessThanOrEqual(outcome.maxMs);
    expect(questions).toHaveLength(50);
    expect(JSON.parse(questions[0]!)).toEqual({ userId: expect.stringMatching(/^student-\d+$/), query: 'question 0' });
  });

  it('lets users pause, which autocannon alone does not', async () => {
    const outcome = await driveLoad({ ...settings, thinkSeconds: 0.2, requests: 20 });
    // Four questions a user, each after a pause of 0.1 to 0.3 seconds.
    expect(outcome.requests).toBe(20);
    expect(outcome.seconds).toBeGreaterThan(0.4);
    expect(outcome.p50Ms).toBeLessThan(100);
  });

  it('stops at its bound', async () => {
    const outcome = await driveLoad({ ...settings, thinkSeconds: 1, requests: 5_000, maxSeconds: 1 });
    expect(outcome.seconds).toBeLessThan(10);
    expect(outcome.requests).toBeLessThan(5_000);
  });
});
