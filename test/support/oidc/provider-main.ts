import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Configuration, Provider } from 'oidc-provider';
import { CONFIDENTIAL_CLIENT, type ProviderOptions, PUBLIC_CLIENT } from './provider-options.ts';

function configurationOf({ redirectUri, keys, clientSecret, onlyMethod }: ProviderOptions): Configuration {
  const client = {
    redirect_uris: [redirectUri],
    response_types: ['code' as const],
    grant_types: ['authorization_code'],
  };
  return {
    ...(onlyMethod && { clientAuthMethods: [onlyMethod, 'none'] }),
    clients: [
      { ...client, client_id: PUBLIC_CLIENT, token_endpoint_auth_method: 'none' },
      {
        ...client,
        client_id: CONFIDENTIAL_CLIENT,
        client_secret: clientSecret,
        token_endpoint_auth_method: onlyMethod ?? 'client_secret_post',
      },
    ],
    jwks: { keys: [...keys] },
    cookies: { keys: ['of this test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: { Session: 3_600, Interaction: 600, Grant: 3_600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({
        sub: accountId,
        email: `${accountId}@example.com`,
        email_verified: true,
        name: accountId.toUpperCase(),
      }),
    }),
    // Whoever signs in has consented: the first party's own applications ask for nothing more.
    loadExistingGrant: async (context) => {
      const { client: asking, session, provider } = context.oidc;
      const grant = new provider.Grant({ clientId: asking!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}

const options = JSON.parse(process.argv[2] ?? '') as ProviderOptions;
const provider = new Provider(options.issuer, configurationOf(options));
provider.proxy = true;
const server = createServer(provider.callback()).listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
// The test's end is this process's end, however the test ends.
process.on('disconnect', () => process.exit());
