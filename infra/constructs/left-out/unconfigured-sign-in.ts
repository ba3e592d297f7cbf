/**
 * Stands in for `openid-client` in the bundles of a stage whose approvers sign in nowhere (`approvalPage.oidcIssuer`): 32
 * KiB of serve-page.
 */
import { notConfigured } from './not-configured.ts';

const SignIn = notConfigured('sign-in');
const signIn = (): never => {
  throw new SignIn();
};

export const customFetch: unique symbol = Symbol('customFetch');
export {
  SignIn as AuthorizationResponseError,
  SignIn as ClientError,
  SignIn as Configuration,
  SignIn as ResponseBodyError,
  SignIn as WWWAuthenticateChallengeError,
  signIn as authorizationCodeGrant,
  signIn as buildAuthorizationUrl,
  signIn as buildEndSessionUrl,
  signIn as calculatePKCECodeChallenge,
  signIn as ClientSecretBasic,
  signIn as ClientSecretPost,
  signIn as discovery,
  signIn as enableNonRepudiationChecks,
  signIn as None,
};
