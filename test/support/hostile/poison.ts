import * as fc from 'fast-check';

/** What must never come back as it was sent: each would do something in a page, a header or a log. */
export const POISON = [
  '<script>zq7()</script>',
  '"><img src=x onerror=zq7()>',
  "' onfocus=zq7() autofocus='",
  '</title><svg/onload=zq7()>',
  '<!--zq7',
  '\r\nSet-Cookie: zq7=1\r\n\r\n<b>',
  '＜script＞zq7</script>',
  '<a href="javascript:zq7()">',
] as const;

/** Names that plain objects have already. */
export const PROTOTYPE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
] as const;

/** Text of every script and of none: right to left, combined, outside the first plane, half a character. */
const UNICODE = [
  'Zoë Ångström',
  '\u202eевгений',
  'שלום',
  '𝕬𝖉𝖆',
  'e\u0301'.repeat(40),
  '👩‍👩‍👧‍👦',
  '\ud800',
  '\udfff\ud800',
  '\u0000\u0007',
  '\ufeff\u2028',
  'ﷺ'.repeat(300),
] as const;

/** Percent signs that decode to nothing, twice, or to less than they seem. */
const ENCODINGS = [
  '%',
  '%zz',
  '%00',
  '%c0%ae%c0%ae',
  '%252e%252e',
  '%ud800',
  '%3Cscript%3Ezq7%3C/script%3E',
  '+%2B',
] as const;

/** Anything at all that somebody may put where a text is expected. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...POISON),
  fc.constantFrom(...PROTOTYPE_KEYS),
  fc.constantFrom(...UNICODE),
  fc.constantFrom(...ENCODINGS),
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** As large a body as Lambda takes in an event. */
export const LARGE_TEXT = 'A'.repeat(6_000_000);

/** Headers with which proxies are talked into seeing another request than the application. */
export const smugglingHeader: fc.Arbitrary<[string, string]> = fc.tuple(
  fc.constantFrom(
    ...['Host', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Forwarded', 'X-Original-URL', 'X-Rewrite-URL'],
    ...['X-HTTP-Method-Override', 'Transfer-Encoding', 'Content-Length', 'Cookie', 'Authorization', 'Accept-Encoding'],
    ...['X-Amzn-Oidc-Identity', 'Referer', ...PROTOTYPE_KEYS],
  ),
  fc.oneof(
    fc.constantFrom('evil.example', 'https://evil.example', 'POST', 'chunked', '0', 'gzip;q=0', 'gzip, gzip', '*'),
    hostileText,
  ),
);

/** Requests to send by a test: a slice by default, all ten thousand with HOSTILE_REQUESTS=10000. */
export function fuzzOptions(share: number): { numRuns: number; seed: number } {
  const requests = Number(process.env['HOSTILE_REQUESTS'] ?? 1_000);
  return { numRuns: Math.ceil(requests * share), seed: Number(process.env['HOSTILE_SEED'] ?? 1) };
}
