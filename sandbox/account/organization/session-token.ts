/** As AWS's session tokens, these carry what they stand for: nobody has to remember who was given which. */
export interface Session {
  readonly roleArn: string;
  /** AWS's unique id of the role: one of the same name that is made anew is another. */
  readonly roleId: string;
  /** Epoch ms. */
  readonly expiresMs: number;
}

const PREFIX = 'sandbox.';

export const sessionToken = (session: Session): string =>
  PREFIX + Buffer.from(JSON.stringify(session)).toString('base64url');

/** Undefined for a token that no embedded account gave. */
export function readSessionToken(token: string | undefined): Session | undefined {
  if (!token?.startsWith(PREFIX)) return undefined;
  return JSON.parse(Buffer.from(token.slice(PREFIX.length), 'base64url').toString()) as Session;
}
