import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Html } from '../view/html.ts';
import { PAGE_SCRIPT } from '../view/page-script.ts';
import { PAGE_STYLES } from '../view/page-styles.ts';

export type PageResponse = APIGatewayProxyStructuredResultV2;

/** Packing less than a network packet gains nothing. */
const GZIP_FROM_BYTES = 1_400;

/** A third less time than the default level for 15% more bytes, measured on a page of fifty proposals. */
const GZIP_LEVEL = 4;

const sourceHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Only the style sheet and the script of this very build run, by their hashes; nothing is loaded from anywhere, the
 * form goes nowhere else, and no other site may frame the page.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src ${sourceHash(PAGE_STYLES)}`,
  `script-src ${sourceHash(PAGE_SCRIPT)}`,
  "connect-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The link id is in the address, so it must not leave with a Referer; `same-origin` and not `no-referrer`, because with
 * the latter browsers send `Origin: null` along with the form. Where nobody signs in no cookie is ever set: the link is
 * all there is, and no other site can make a browser send it along (sign-in/cookies.ts has the others).
 */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=63072000',
  vary: 'Accept-Encoding',
};

/**
 * A night's page is as old as its night, and so are its styles: no hash of this build would fit. It has no script and
 * no form, and may have none.
 */
const NIGHT_PAGE_HEADERS = {
  ...HEADERS,
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
};

/** A page, packed where the client takes gzip. */
export const pageResponse = (statusCode: number, page: Html, acceptEncoding: string | undefined): PageResponse =>
  respond(statusCode, page.text, HEADERS, acceptEncoding);

/** A night's page as the night drew it. */
export const nightPageResponse = (page: string, acceptEncoding: string | undefined): PageResponse =>
  respond(200, page, NIGHT_PAGE_HEADERS, acceptEncoding);

function respond(
  statusCode: number,
  text: string,
  headers: typeof HEADERS,
  acceptEncoding: string | undefined,
): PageResponse {
  if (!acceptsGzip(acceptEncoding) || text.length < GZIP_FROM_BYTES) {
    return { statusCode, headers, body: text, isBase64Encoded: false };
  }
  const body = gzipSync(text, { level: GZIP_LEVEL }).toString('base64');
  return { statusCode, headers: { ...headers, 'content-encoding': 'gzip' }, body, isBase64Encoded: true };
}

/** Sends the browser to a page of ours with GET, so that reloading it sends no form again. */
export function seeOther(location: string): PageResponse {
  const { 'content-type': _, ...headers } = HEADERS;
  return { statusCode: 303, headers: { ...headers, location }, body: '', isBase64Encoded: false };
}

function acceptsGzip(acceptEncoding = ''): boolean {
  return acceptEncoding
    .split(',')
    .map((each) =>
      each
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    .some(([coding, quality]) => (coding === 'gzip' || coding === '*') && !/^q=0(\.0*)?$/.test(quality ?? ''));
}
