/**
 * A handler's loop in a process of its own: reads the same notes with and without pool and cache, in turns, so that a
 * busy machine slows all of them alike. Prints nothing; sends requests per second to its parent.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { processRequest } from '../../examples/process-request.ts';
import {
  closeConnectionPool,
  generateCacheKey,
  getDynamoDBClient,
  getOrComputeResponse,
  responseCacheStatistics,
} from '../../shared/connection-pool/index.ts';
import { median } from '../load/statistics.ts';
import { seededRandom, zipfSampler } from '../load/zipf.ts';

const ROUNDS = 5;
const ROUND_MS = 700;
/** As many questions as a class asks in a day, some often, most once. */
const KEYS = 2_000;
const ZIPF_EXPONENT = 1;

const nextKey = zipfSampler(KEYS, ZIPF_EXPONENT, seededRandom(3));
const question = () => ({ userId: 'student-1', query: `question ${nextKey()}` });

const variants = {
  'no pool, no cache': async () => {
    const client = new DynamoDBClient({});
    await processRequest(question(), DynamoDBDocumentClient.from(client));
    client.destroy();
  },
  'pool, no cache': () => processRequest(question(), getDynamoDBClient()),
  'pool and cache': () => {
    const asked = question();
    return getOrComputeResponse(generateCacheKey('query', asked), 60, () => processRequest(asked, getDynamoDBClient()));
  },
};

export interface Throughput {
  readonly variant: string;
  readonly requestsPerSecond: number;
}

async function requestsPerSecond(ask: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  let requests = 0;
  while (performance.now() - beganMs < ROUND_MS) {
    await ask();
    requests += 1;
  }
  return (1_000 * requests) / (performance.now() - beganMs);
}

const rounds = new Map<string, number[]>(Object.keys(variants).map((name) => [name, []]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, ask] of Object.entries(variants)) {
    const measured = await requestsPerSecond(ask);
    // The first round of each compiles its code and is not counted.
    if (round > 0) rounds.get(name)!.push(measured);
  }
}
closeConnectionPool();
const throughputs = [...rounds].map(([variant, values]) => ({ variant, requestsPerSecond: median(values) }));
process.send?.({ throughputs, cacheHitRate: responseCacheStatistics().hitRate }, () => process.exit(0));
