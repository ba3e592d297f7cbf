import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import { CLIENT_SECRET_ARN, ISSUER } from './product-stack.ts';

export const CLIENT_SECRET = 'open-sesame-of-the-bench';

const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/keys`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
};

/** The issuer's metadata in this process's `fetch`, and its client's secret in the account. Nobody signs in for good. */
export class StubbedIssuer {
  private readonly fetch = globalThis.fetch;

  constructor(account: SandboxAccount) {
    account.secretsManager.rotate(CLIENT_SECRET_ARN, JSON.stringify({ clientSecret: CLIENT_SECRET }));
    globalThis.fetch = async () => Response.json(METADATA);
  }

  stop(): void {
    globalThis.fetch = this.fetch;
  }
}
