import * as fc from 'fast-check';
import { hostileText, LARGE_TEXT, PROTOTYPE_KEYS, smugglingHeader } from './poison.ts';
import type { RawRequest } from './raw-request.ts';

export const ROUTE_KEYS = ['POST /alarms', 'POST /auto-scaling', 'POST /optimizer', 'POST /cold-start'] as const;

const routeKey = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...ROUTE_KEYS) },
  { weight: 1, arbitrary: fc.constantFrom('$default', 'GET /alarms', 'POST /alarms/', ...PROTOTYPE_KEYS) },
  { weight: 1, arbitrary: hostileText },
);

/** Fields that the routes know, and whatever else an object may be given. */
const key = fc.oneof(
  fc.constantFrom(
    'action',
    'functionNames',
    'autoApply',
    'dryRun',
    'strategy',
    'email',
    'scope',
    'approvalMode',
    'runId',
  ),
  fc.constantFrom(...PROTOTYPE_KEYS),
  hostileText,
);
const value = fc.oneof(
  fc.constantFrom(
    'setup',
    'configure',
    'applyAll',
    'optimizeAll',
    'optimize',
    'plan',
    'cost',
    'speed',
    true,
    false,
    null,
  ),
  fc.constantFrom(0, -1, 1e308, Number.MAX_SAFE_INTEGER),
  fc.array(hostileText, { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 3 }),
  hostileText,
);

/** JSON as text, so that a key may stand there twice and `__proto__` is an ordinary one. */
const jsonObject = fc
  .array(fc.tuple(key, value), { maxLength: 6 })
  .map((entries) => `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`).join(',')}}`);

const body = fc.oneof(
  { weight: 12, arbitrary: jsonObject },
  { weight: 3, arbitrary: fc.json() },
  { weight: 2, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes).toString('base64')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(undefined, '', '['.repeat(40_000), '{"a":'.repeat(10_000), `"${LARGE_TEXT}"`),
  },
);

const headers = fc.array(
  fc.oneof(
    fc.tuple(fc.constant('Idempotency-Key'), fc.oneof(fc.constantFrom('once', 'x'.repeat(81), 'a,b'), hostileText)),
    smugglingHeader,
    fc.tuple(hostileText, hostileText),
  ),
  { maxLength: 5 },
);

const wildRequest: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.constant('POST'),
  path: fc.constantFrom('/alarms', '/optimizer'),
  query: hostileText,
  headers,
  body,
  isBase64Encoded: fc.boolean(),
  routeKey,
});

/** A request that its route takes, with a field more or a second time. */
const nearlySound: fc.Arbitrary<RawRequest> = fc
  .tuple(
    fc.constantFrom(
      ['POST /alarms', '"action":"setup"'],
      ['POST /auto-scaling', '"action":"configure"'],
      ['POST /optimizer', '"action":"optimizeAll","dryRun":true'],
      ['POST /cold-start', '"action":"applyAll"'],
    ),
    fc.option(fc.tuple(key, value), { nil: undefined }),
    headers,
  )
  .map(([[route, sound], more, sent]) => ({
    method: 'POST',
    path: '/',
    query: '',
    headers: sent,
    body: `{${sound}${more === undefined ? '' : `,${JSON.stringify(more[0])}:${JSON.stringify(more[1])}`}}`,
    isBase64Encoded: false,
    routeKey: route!,
  }));

/** Signed requests of somebody who may call the API, and means it harm. */
export const hostileOperatorRequest: fc.Arbitrary<RawRequest> = fc.oneof(
  { weight: 2, arbitrary: wildRequest },
  { weight: 1, arbitrary: nearlySound },
);
