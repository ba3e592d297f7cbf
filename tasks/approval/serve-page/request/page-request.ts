import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { type NightPage, PAGE_NAMES } from '../../../../shared/domain/night/report-page/page-names.ts';

/** An HTTP request as far as the page cares. Header names are lower case, as HTTP API payload 2.0 gives them. */
export interface PageRequest {
  readonly method: string;
  readonly linkId: string;
  readonly route: 'page' | RunRoute | 'signed-in' | 'unknown';
  /** Path of the run's page, stage prefix included; only well-formed ids get into it. */
  readonly pagePath: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Host the request came to, as API Gateway (not the sender) states it. */
  readonly host: string;
  /** Who signed in, where the API's own JWT authorizer (any OIDC issuer) stands before the page. */
  readonly signedInAs: string | undefined;
  /** `name=value`, as the browser sent them. */
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** What a run has below its page: the night's pages, and what forms are sent to. */
type RunRoute = NightPage | 'decisions' | 'sign-out';

/** `/runs/<id>` and what is below it, after whatever stage prefix. */
const PATH_PATTERN = /^((?:\/[\w.-]+)*)\/runs\/([^/]*)(?:\/(report|since-the-beginning|decisions|sign-out))?\/?$/;

export const isNightPage = (route: PageRequest['route']): route is NightPage => Object.hasOwn(PAGE_NAMES, route);

/** Path of what was asked for, where it is something to look at. */
export const viewPath = ({ route, pagePath }: Pick<PageRequest, 'route' | 'pagePath'>): string =>
  isNightPage(route) ? `${pagePath}/${route}` : pagePath;

export function readRequest(event: APIGatewayProxyEventV2): PageRequest {
  const [, prefix = '', linkId = '', below] = PATH_PATTERN.exec(event.rawPath) ?? [];
  const matched = linkId !== '';
  return {
    method: event.requestContext.http.method,
    linkId,
    // The pattern knows no others.
    route: matched ? ((below as RunRoute | undefined) ?? 'page') : otherRoute(event.rawPath),
    // Half a character cannot be encoded; whatever it stands for is no id.
    pagePath: `${prefix}/runs/${encodeURIComponent(linkId.toWellFormed())}`,
    query: new URLSearchParams(event.rawQueryString),
    headers: event.headers,
    host: event.requestContext.domainName,
    signedInAs: signedInName(event),
    cookies: event.cookies ?? [],
    body: event.body ?? '',
    isBase64Encoded: event.isBase64Encoded,
  };
}

/** Where the issuer sends a browser back to; looked at only where people sign in. */
const otherRoute = (path: string): 'signed-in' | 'unknown' => (path === '/signed-in' ? 'signed-in' : 'unknown');

/** Only API Gateway writes the request context, and only after it has verified the token. */
function signedInName(event: APIGatewayProxyEventV2): string | undefined {
  const { authorizer } = event.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer['requestContext']>;
  const claims = authorizer?.jwt?.claims ?? {};
  return [claims['email'], claims['name'], claims['sub']].find((each) => typeof each === 'string');
}
