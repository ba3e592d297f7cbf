import autocannon, { type Client } from 'autocannon';
import { seededRandom, zipfSampler } from './zipf.ts';

export interface KeyMix {
  /** Distinct questions (user and text together). */
  readonly keys: number;
  /** Weight of rank r is 1 / r^exponent. */
  readonly zipfExponent: number;
  readonly seed: number;
}

export interface LoadSettings extends KeyMix {
  readonly invokeUrl: string;
  /** Connections; each asks, waits for the answer, pauses, asks again. */
  readonly users: number;
  /** Mean pause between answer and next question, half to one and a half times as long; 0 asks again at once. */
  readonly thinkSeconds: number;
  readonly requests: number;
  /** Bound on the whole run: what has not been sent by then is not sent. */
  readonly maxSeconds: number;
}

export interface LoadOutcome {
  /** Connections that were answered at least once. */
  readonly users: number;
  readonly requests: number;
  readonly seconds: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Answers other than 2xx, connection errors and timeouts. */
  readonly failed: number;
}

const REQUEST_TIMEOUT_SECONDS = 30;

/** Drives the service with autocannon from this process and times every answer. */
export async function driveLoad(settings: LoadSettings): Promise<LoadOutcome> {
  const nextKey = zipfSampler(settings.keys, settings.zipfExponent, seededRandom(settings.seed));
  const pause = pauses(settings.thinkSeconds, seededRandom(settings.seed + 1));
  const latenciesMs: number[] = [];
  const users = new Set<unknown>();
  let failed = 0;
  const startedAtMs = performance.now();
  const run = autocannon({
    url: settings.invokeUrl,
    connections: settings.users,
    amount: settings.requests,
    timeout: REQUEST_TIMEOUT_SECONDS,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    setupClient: (client) => thinkBetweenRequests(client, pause),
    requests: [{ setupRequest: (request) => ({ ...request, body: questionOf(nextKey()) }) }],
  });
  const bound = setTimeout(() => run.stop(), settings.maxSeconds * 1_000);
  run.on('response', (user, statusCode, _bytes, latencyMs) => {
    users.add(user);
    latenciesMs.push(latencyMs);
    if (statusCode < 200 || statusCode > 299) failed += 1;
  });
  const result = await run;
  clearTimeout(bound);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => latenciesMs[Math.max(0, Math.ceil(share * latenciesMs.length) - 1)] ?? Number.NaN;
  return {
    users: users.size,
    requests: latenciesMs.length,
    seconds,
    requestsPerSecond: latenciesMs.length / seconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: at(1),
    failed: failed + result.errors,
  };
}

function pauses(meanSeconds: number, random: () => number): () => number {
  return () => (0.5 + random()) * meanSeconds * 1_000;
}

/**
 * autocannon 9 has no pause between requests (only whole requests a second for each connection), so its method that
 * sends the next one is put off; the time of an answer is counted from the sending.
 */
function thinkBetweenRequests(client: Client, pauseMs: () => number): void {
  const send = client._doRequest;
  client._doRequest = () => {
    const pending = setTimeout(() => {
      if (!client.destroyed) send.call(client);
    }, pauseMs());
    client.once('done', () => clearTimeout(pending));
  };
  client.setMaxListeners(0);
}

/** Rank to question: a thousand students, each with questions of their own. */
function questionOf(rank: number): string {
  return JSON.stringify({ userId: `student-${rank % 1_000}`, query: `question ${Math.floor(rank / 1_000)}` });
}
