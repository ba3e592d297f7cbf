/** Stands in for `@aws-sdk/client-secrets-manager` in the bundles of a stage without a secret of its own (`approvalPage.oidcClientSecretArn`). */
import { notConfigured } from './not-configured.ts';

export const SecretsManagerClient = notConfigured('the secret of sign-in');
export const GetSecretValueCommand = SecretsManagerClient;
