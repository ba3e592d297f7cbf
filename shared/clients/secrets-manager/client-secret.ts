import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSecretIn } from '../../domain/approval/page-access/client-secret.ts';
import { InvalidConfigurationError } from '../../errors.ts';
import { callAws } from '../aws-call.ts';
import { keepFor } from '../keep-for.ts';
import { clientSettings, createClient } from '../sdk.ts';

/** A person waits for the page, so two short tries instead of the house's five long ones. */
const MAX_ATTEMPTS = 2;
const ANSWER_WITHIN_MS = 2_500;
/** A rotated secret is read again at once when the issuer refuses the former; this bounds how long one is held. */
const SECRET_LIFETIME_MS = 15 * 60_000;

/** Reads an issuer's client secret; `fresh` reads again what may have been rotated. */
export type ReadClientSecret = (fresh?: boolean) => Promise<string>;

/**
 * Reads the secret once per environment and quarter of an hour.
 *
 * @throws InvalidConfigurationError where the role may not read it, or it holds no client secret. The message names
 * the ARN and nothing of what the secret holds.
 */
export function createClientSecret(secretArn: string): ReadClientSecret {
  const requestHandler = { ...clientSettings().requestHandler, requestTimeout: ANSWER_WITHIN_MS };
  const client = createClient(SecretsManagerClient, { maxAttempts: MAX_ATTEMPTS, requestHandler });
  return keepFor(SECRET_LIFETIME_MS, async () => {
    const input = { SecretId: secretArn };
    const { SecretString: text = '' } = await callAws('secretsmanager:GetSecretValue', () =>
      client.send(new GetSecretValueCommand(input)),
    );
    const secret = clientSecretIn(text);
    if (secret !== undefined) return secret;
    throw new InvalidConfigurationError(`${secretArn} holds neither plain text nor JSON with clientSecret`);
  });
}
