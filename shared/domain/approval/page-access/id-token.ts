import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import * as z from 'zod/mini';
import type { IssuerKey } from '../../../contracts/sign-in.ts';
import { equalInConstantTime } from './link-id.ts';

export interface TokenExpectations {
  readonly issuer: string;
  readonly clientId: string;
  /** The nonce that the sign-in was begun with. */
  readonly nonce: string;
  readonly keys: readonly IssuerKey[];
  readonly nowMs: number;
}

export type TokenVerdict =
  | { valid: true; name: string }
  /** `isForeign`: none of the keys given made the signature; an issuer may have newer ones. */
  | { valid: false; why: string; isForeign?: true };

/** Clocks of issuers and of ours may differ by this much. */
const CLOCK_SKEW_MS = 60_000;

const headerSchema = z.object({ alg: z.string(), kid: z.optional(z.string()) });
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().check(z.minLength(1)),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.optional(z.string()),
  exp: z.number(),
  nonce: z.optional(z.string()),
  email: z.optional(z.string()),
  email_verified: z.optional(z.union([z.boolean(), z.string()])),
  name: z.optional(z.string()),
});
type Claims = z.output<typeof claimsSchema>;

/** Signature algorithms by their JOSE names; `none` and the symmetric ones are no proof, so they are not here. */
const ALGORITHMS: Readonly<Record<string, { keyType: string; dsaEncoding?: 'ieee-p1363' }>> = {
  RS256: { keyType: 'RSA' },
  ES256: { keyType: 'EC', dsaEncoding: 'ieee-p1363' },
};

/**
 * Checks an ID token as OpenID Connect Core 3.1.3.7 asks: signature by one of the issuer's keys, issuer, audience,
 * time and nonce. Answers the name to record: the verified address, else the name, else the subject.
 */
export function checkIdToken(token: string, expected: TokenExpectations): TokenVerdict {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  const header = headerSchema.safeParse(decode(head));
  const claims = claimsSchema.safeParse(decode(body));
  if (rest.length > 0 || !header.success || !claims.success) return { valid: false, why: 'it is not an ID token' };
  if (!isSigned(`${head}.${body}`, signature, header.data, expected.keys)) {
    return { valid: false, why: 'its signature is not the issuer’s', isForeign: true };
  }
  const why = problemOf(claims.data, expected);
  return why === undefined ? { valid: true, name: nameOf(claims.data) } : { valid: false, why };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function isSigned(
  signed: string,
  signature: string,
  { alg, kid }: z.output<typeof headerSchema>,
  keys: readonly IssuerKey[],
): boolean {
  const algorithm = Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
  if (algorithm === undefined) return false;
  const { keyType, dsaEncoding } = algorithm;
  const candidates = keys.filter((key) => key.kty === keyType && (kid === undefined || key.kid === kid));
  return candidates.some((jwk) => {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
    return verify(
      'sha256',
      Buffer.from(signed),
      { key, ...(dsaEncoding && { dsaEncoding }) },
      Buffer.from(signature, 'base64url'),
    );
  });
}

function problemOf(claims: Claims, { issuer, clientId, nonce, nowMs }: TokenExpectations): string | undefined {
  const audiences = [claims.aud].flat();
  if (claims.iss !== issuer) return 'another issuer made it';
  if (!audiences.includes(clientId)) return 'it is for another client';
  if (audiences.length > 1 && claims.azp !== clientId) return 'it was given to another client';
  if (claims.exp * 1_000 <= nowMs - CLOCK_SKEW_MS) return 'it has expired';
  if (claims.nonce === undefined || !equalInConstantTime(claims.nonce, nonce)) return 'it answers another sign-in';
  return undefined;
}

function nameOf({ email, email_verified: verified, name, sub }: Claims): string {
  const isVerified = verified === true || verified === 'true';
  return (isVerified && email) || name || sub;
}
