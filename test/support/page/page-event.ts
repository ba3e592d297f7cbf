import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { PageResponse } from '../../../tasks/approval/serve-page/request/response.ts';

export const HOST = 'page.example.com';

export interface EventParts {
  method?: string;
  path: string;
  query?: string;
  headers?: Record<string, string | undefined>;
  body?: string;
}

/** An HTTP API event, payload 2.0; a header set to undefined is left out. */
export function pageEvent({
  method = 'GET',
  path,
  query = '',
  headers = {},
  body,
}: EventParts): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'api',
      domainName: HOST,
      domainPrefix: 'page',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

/** A form as a browser sends it from the page itself. */
export function formEvent(
  linkId: string,
  fields: readonly (readonly [string, string])[],
  headers: EventParts['headers'] = {},
) {
  return pageEvent({
    method: 'POST',
    path: `/runs/${linkId}/decisions`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: `https://${HOST}`,
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
    body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
  });
}

export function bodyOf(response: PageResponse): string {
  const body = response.body ?? '';
  if (!response.isBase64Encoded) return body;
  return gunzipSync(Buffer.from(body, 'base64')).toString();
}

/** The nonce in a page's form; undefined where the page decides nothing. */
export const nonceOf = (response: PageResponse): string | undefined =>
  /name="nonce" value="([^"]*)"/.exec(bodyOf(response))?.[1];
