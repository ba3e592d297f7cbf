import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A key pair of an issuer, private half included, so that tests can sign what the issuer would not. */
export interface SigningKey {
  readonly kid: string;
  readonly privateJwk: JWK & { kid: string };
  /** The public half as PEM, as whoever read the issuer's keys has it. */
  readonly publicPem: string;
  sign(claims: Record<string, unknown>): Promise<string>;
}

export async function makeSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const header = { alg: 'RS256', kid };
  return {
    kid,
    privateJwk: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' },
    publicPem: await exportSPKI(publicKey),
    sign: (claims) => new SignJWT(claims).setProtectedHeader(header).sign(privateKey),
  };
}
