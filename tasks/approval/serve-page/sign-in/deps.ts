import type { Issuer } from '../../../../shared/clients/oidc/issuer.ts';

/** What signing in needs besides the page's own dependencies; absent where the link alone opens the page. */
export interface SignInDeps {
  readonly issuer: Issuer;
  randomBytes(size: number): Uint8Array;
}
