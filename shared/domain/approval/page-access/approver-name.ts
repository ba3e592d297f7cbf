/** What a verified ID token says of its person; an issuer may put anything into all but the subject. */
export interface IdentityClaims {
  readonly sub: string;
  readonly email?: unknown;
  readonly email_verified?: unknown;
  readonly name?: unknown;
}

/** The name to record: the verified address, else the name, else the subject. Some issuers write booleans as text. */
export function approverName({ sub, email, email_verified: verified, name }: IdentityClaims): string {
  if ((verified === true || verified === 'true') && isText(email)) return email;
  return isText(name) ? name : sub;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
