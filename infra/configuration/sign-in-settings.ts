import type { SignInSettings } from '../../shared/contracts/sign-in.ts';
import type { StageConfiguration } from './fields.ts';

/** Where approvers sign in; undefined where the link alone opens the page. */
export function signInSettingsOf({ approvalPage }: StageConfiguration): SignInSettings | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecretArn: clientSecretArn } = approvalPage;
  if (issuer === undefined || clientId === undefined) return undefined;
  return { issuer, clientId, ...(clientSecretArn !== undefined && { clientSecretArn }) };
}
