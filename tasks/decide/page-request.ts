import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** An HTTP request as far as the page cares. Header names are lower case, as HTTP API payload 2.0 gives them. */
export interface PageRequest {
  readonly method: string;
  readonly linkId: string;
  readonly route: 'page' | 'decisions' | 'unknown';
  /** Path of the run's page, stage prefix included; only well-formed ids get into it. */
  readonly pagePath: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Host the request came to, as API Gateway (not the sender) states it. */
  readonly host: string;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** `/runs/<id>` and `/runs/<id>/decisions`, after whatever stage prefix. */
const PATH_PATTERN = /^((?:\/[\w.-]+)*)\/runs\/([^/]*)(\/decisions)?\/?$/;

export function readRequest(event: APIGatewayProxyEventV2): PageRequest {
  const [, prefix = '', linkId = '', decisions] = PATH_PATTERN.exec(event.rawPath) ?? [];
  const matched = linkId !== '';
  return {
    method: event.requestContext.http.method,
    linkId,
    route: matched ? (decisions === undefined ? 'page' : 'decisions') : 'unknown',
    pagePath: `${prefix}/runs/${encodeURIComponent(linkId)}`,
    query: new URLSearchParams(event.rawQueryString),
    headers: event.headers,
    host: event.requestContext.domainName,
    body: event.body ?? '',
    isBase64Encoded: event.isBase64Encoded,
  };
}
