import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { HOST } from '../page/page-event.ts';

/** An HTTP request as somebody types it, before API Gateway has tidied anything. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
  /** Whether the body travels as base64, which it may be or not. */
  readonly isBase64Encoded: boolean;
  /** What API Gateway matched; the page has one route for everything. @default $default */
  readonly routeKey?: string;
}

/**
 * The event that an HTTP API makes of a request (payload 2.0): names of headers in lower case, values of one name joined
 * by commas, cookies apart, the host its own. Entries become own properties, `__proto__` too, as JSON.parse makes them.
 */
export function asApiEvent(request: RawRequest): APIGatewayProxyEventV2 {
  const { method, path, query, body, isBase64Encoded, routeKey = '$default' } = request;
  const lowered = request.headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const joined = new Map<string, string>();
  for (const [name, value] of lowered.filter(([each]) => each !== 'cookie'))
    joined.set(name, joined.has(name) ? `${joined.get(name)},${value}` : value);
  const cookies = lowered.filter(([name]) => name === 'cookie').flatMap(([, value]) => value.split('; '));
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: Object.fromEntries(joined),
    ...(cookies.length > 0 && { cookies }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'api',
      domainName: HOST,
      domainPrefix: 'page',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'hostile' },
      requestId: 'request',
      routeKey,
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}
