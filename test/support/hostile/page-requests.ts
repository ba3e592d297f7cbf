import * as fc from 'fast-check';
import { hashLinkId } from '../../../shared/domain/approval/page-access/link-id.ts';
import { issuePageNonce, PAGE_NONCE_LIFETIME_MS } from '../../../shared/domain/approval/page-access/page-nonce.ts';
import { FORM_MAX_BYTES } from '../../../tasks/approval/serve-page/decisions/decision-form.ts';
import { fixtureProposals, fixtureRun, LINK_ID, MORNING_MS } from '../page/fixture-run.ts';
import { HOST } from '../page/page-event.ts';
import { hostileText, LARGE_TEXT, PROTOTYPE_KEYS, smugglingHeader } from './poison.ts';
import type { RawRequest } from './raw-request.ts';

export const OTHER_LINK_ID = Buffer.alloc(32, 9).toString('base64url');
export const otherRun = fixtureRun({
  runId: 'scheduled-2026-11-22',
  linkHash: hashLinkId(OTHER_LINK_ID),
  nonceKey: '3c'.repeat(32),
});
export const PROPOSALS = fixtureProposals(6);
const NAMES = PROPOSALS.map(({ functionName }) => functionName);

const scopeOf = (run: ReturnType<typeof fixtureRun>) => ({ key: run.nonceKey!, linkHash: run.linkHash! });
const VALID_NONCE = issuePageNonce(scopeOf(fixtureRun()), MORNING_MS);
const EXPIRED_NONCE = issuePageNonce(scopeOf(fixtureRun()), MORNING_MS - PAGE_NONCE_LIFETIME_MS - 1);
const OTHER_NONCE = issuePageNonce(scopeOf(otherRun), MORNING_MS);

type Fields = readonly (readonly [string, string])[];

/** Lone surrogates have no form in UTF-8; browsers send a replacement character. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
const asForm = (fields: Fields): string => fields.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');

const badNonce = fc.oneof(
  fc.constantFrom('', OTHER_NONCE, EXPIRED_NONCE, `${VALID_NONCE}x`, VALID_NONCE.slice(1), VALID_NONCE.toUpperCase()),
  hostileText,
);
const functionName = fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom('a', 'other-function'), hostileText);

/** Fields of the form and others, known ones more often than not, as many of a name as you like. */
const field: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.tuple(fc.constant('nonce'), badNonce),
  fc.tuple(fc.constant('decision'), fc.oneof(fc.constantFrom('approved', 'rejected', 'APPROVED'), hostileText)),
  fc.tuple(
    fc.constantFrom('name', 'note', 'q', 'owner', 'result', 'sort', 'page', 'state', 'risk', 'order'),
    hostileText,
  ),
  fc.tuple(fc.constant('functionName'), functionName),
  fc.tuple(fc.constant('all'), fc.constantFrom('true', 'false', 'TRUE', '1')),
  fc.tuple(fc.constantFrom(...PROTOTYPE_KEYS, '_method', 'functionName[]', 'decision[0]'), hostileText),
);
const fields = fc.array(field, { maxLength: 12 });

const linkId = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(LINK_ID, OTHER_LINK_ID) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(`${LINK_ID}x`, LINK_ID.slice(1), hashLinkId(LINK_ID), LINK_ID.toUpperCase()),
  },
  { weight: 1, arbitrary: hostileText },
);
const path = fc.oneof(
  fc
    .tuple(linkId, fc.constantFrom('', '/', '/decisions', '/decisions/', '/decisions/more', '?x', ';x', '%2fdecisions'))
    .map(([id, rest]) => `/runs/${id}${rest}`),
  fc
    .tuple(fc.constantFrom('/prod', '//evil.example', '/..', '/%2e%2e', '/a/b', '\\evil.example'), linkId)
    .map(([prefix, id]) => `${prefix}/runs/${id}`),
  fc.constantFrom(
    '/',
    '',
    '*',
    '/signed-in',
    '/runs',
    'runs',
    `https://evil.example/runs/${LINK_ID}`,
    '/a'.repeat(2_000),
  ),
  hostileText.map((text) => `/${text}`),
);
const query = fc.oneof(fields.map(asForm), hostileText, fc.constant('&'.repeat(500)), fc.constant('=&&=='));
const method = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('GET', 'POST') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'POST ', ''),
  },
  { weight: 1, arbitrary: hostileText },
);

/** What a browser sends along with the page's own form. */
const SENT_BY_THE_PAGE: [string, string][] = [
  ['Content-Type', 'application/x-www-form-urlencoded'],
  ['Origin', `https://${HOST}`],
  ['Sec-Fetch-Site', 'same-origin'],
];
const headers = fc
  .tuple(
    fc.subarray(SENT_BY_THE_PAGE),
    fc.array(fc.oneof(smugglingHeader, fc.tuple(hostileText, hostileText)), { maxLength: 6 }),
  )
  .map(([own, others]) => [...own, ...others]);
const body = fc.oneof(
  { weight: 8, arbitrary: fields.map(asForm) },
  { weight: 2, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64')) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

/** Anything whatsoever, without a nonce that opens anything. */
const wildRequest: fc.Arbitrary<RawRequest> = fc.record({
  method,
  path,
  query,
  headers,
  body,
  isBase64Encoded: fc.boolean(),
});

const largeRequest: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.constantFrom('POST', 'GET'),
  path: fc.constantFrom(`/runs/${LINK_ID}`, `/runs/${LINK_ID}/decisions`, '/'),
  query: fc.constant(''),
  headers: fc.constant(SENT_BY_THE_PAGE),
  body: fc.constantFrom(LARGE_TEXT, `nonce=${VALID_NONCE}&decision=approved&name=x&all=true&note=${LARGE_TEXT}`),
  isBase64Encoded: fc.boolean(),
});

interface Form {
  request: RawRequest;
  fields: Fields;
}

/** A form that the page would take, nonce and all. */
const soundForm: Form = {
  request: {
    method: 'POST',
    path: `/runs/${LINK_ID}/decisions`,
    query: '',
    headers: SENT_BY_THE_PAGE,
    body: undefined,
    isBase64Encoded: false,
  },
  fields: [
    ['nonce', VALID_NONCE],
    ['decision', 'approved'],
    ['name', 'Ana'],
    ['functionName', NAMES[0]!],
  ],
};
export const sound: RawRequest = { ...soundForm.request, body: asForm(soundForm.fields) };

const withRequest =
  (change: Partial<RawRequest>) =>
  (form: Form): Form => ({ ...form, request: { ...form.request, ...change } });
const withHeader =
  (name: string, value: string | undefined) =>
  (form: Form): Form => {
    const others = form.request.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
    return withRequest({ headers: value === undefined ? others : [...others, [name, value]] })(form);
  };
const withField =
  (name: string, value: string | undefined) =>
  (form: Form): Form => {
    const others = form.fields.filter(([each]) => each !== name);
    return { ...form, fields: value === undefined ? others : [...others, [name, value]] };
  };
/** What comes first of a name counts, so that nobody can put something behind what the person sees. */
const preceded =
  (name: string, value: string) =>
  (form: Form): Form => ({ ...form, fields: [[name, value], ...form.fields] });

/** One thing wrong with a sound form; each of them alone must be enough. */
const spoiler: fc.Arbitrary<(form: Form) => Form> = fc.oneof(
  fc.constantFrom('GET', 'PUT', 'post', 'HEAD').map((each) => withRequest({ method: each })),
  fc
    .constantFrom(`/runs/${LINK_ID}`, `/runs/${OTHER_LINK_ID}/decisions`, '/', `/runs/${LINK_ID}/decisions/x`)
    .map((each) => withRequest({ path: each })),
  fc
    .constantFrom('text/plain', 'application/json', 'multipart/form-data', undefined)
    .map((each) => withHeader('Content-Type', each)),
  fc
    .constantFrom(
      'https://evil.example',
      `https://${HOST}.evil.example`,
      `https://${HOST}@evil.example`,
      'null',
      '',
      undefined,
      `https://${HOST},https://evil.example`,
    )
    .map((each) => withHeader('Origin', each)),
  fc
    .constantFrom('cross-site', 'same-site', 'none', 'same-origin,cross-site')
    .map((each) => withHeader('Sec-Fetch-Site', each)),
  badNonce.map((each) => withField('nonce', each)),
  badNonce.map((each) => preceded('nonce', each)),
  fc.constantFrom('APPROVED', 'approve', '', undefined, '__proto__').map((each) => withField('decision', each)),
  fc.constantFrom('', ' ', '\u202e\u200e', undefined, '\u0000').map((each) => withField('name', each)),
  fc
    .constantFrom('', '<b>', 'a/b', '*', undefined, 'not-of-this-run', '..', '__proto__')
    .map((each) => withField('functionName', each)),
  fc.constant(withField('note', 'x'.repeat(FORM_MAX_BYTES))),
  fc.constant(withRequest({ isBase64Encoded: true })),
);

/** A form of the page itself with something wrong, and headers around it that try to make it right again. */
const spoiledForm: fc.Arbitrary<RawRequest> = fc
  .tuple(fc.array(spoiler, { minLength: 1, maxLength: 3 }), fc.array(smugglingHeader, { maxLength: 4 }))
  .map(([spoilers, smuggled]) => {
    const { request, fields: spoiled } = spoilers.reduce((form, spoil) => spoil(form), soundForm);
    return { ...request, headers: [...request.headers, ...smuggled], body: asForm(spoiled) };
  });

/** Every request that may not change anything. */
export const hostilePageRequest: fc.Arbitrary<RawRequest> = fc.oneof(
  { weight: 100, arbitrary: wildRequest },
  { weight: 98, arbitrary: spoiledForm },
  { weight: 2, arbitrary: largeRequest },
);
