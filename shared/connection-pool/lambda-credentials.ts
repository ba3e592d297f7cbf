/**
 * Credentials as Lambda gives them to Node.js functions: in the environment. Meant to stand in, by a bundler alias,
 * for `@aws-sdk/credential-provider-node`, whose profiles, single sign-on, web identity and metadata sources a
 * function can never use but loads all the same, a third of its bundle. `lambdaBundling()` sets the alias; by hand:
 *
 * `esbuild --alias:@aws-sdk/credential-provider-node=lambda-rightsizer/connection-pool/lambda-credentials …`
 *
 * For functions only: a script that signs in by profile, or whatever is given its credentials by address
 * (`AWS_CONTAINER_CREDENTIALS_FULL_URI`), needs the original.
 */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export class MissingLambdaCredentialsError extends Error {
  override readonly name = 'CredentialsProviderError';
  /** The SDK's own errors of this name carry it: no other source is to be tried. */
  readonly tryNextLink = false;
}

/** The SDK's name for it. Reads the environment when first asked, not when the client is made. */
export function defaultProvider(): () => Promise<Credentials> {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
      throw new MissingLambdaCredentialsError(
        'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: this bundle takes credentials from Lambda only',
      );
    }
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    };
  };
}

/** Credentials from the environment have no expiry: the environment ends before they do. */
export const credentialsWillNeedRefresh = (): boolean => false;
export const credentialsTreatedAsExpired = (): boolean => false;
