import { AssumeRoleCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { InvalidConfigurationError, TransientError } from '../../errors.ts';
import { callAws, isDenied } from '../aws-call.ts';
import { keepFor } from '../keep-for.ts';
import { createClient } from '../sdk.ts';

/** The least that STS gives. What is not used for long need not be stolen for long. */
const SESSION_SECONDS = 900;
/** Renewed this long before they end, as the SDK renews its own; no call of a task takes longer. */
const RENEWED_BEFORE_END_MS = 300_000;

export interface SpokeSession {
  roleArn: string;
  /** As the spoke's CloudTrail will show it. */
  sessionName: string;
  externalId: string;
}

/**
 * Credentials of a role in a spoke, asked for once and for everybody until they are about to end.
 *
 * @throws InvalidConfigurationError where the spoke does not let us in; TransientError where STS is away
 */
export function spokeCredentials(session: SpokeSession): AwsCredentialIdentityProvider {
  const credentials = keepFor(SESSION_SECONDS * 1_000 - RENEWED_BEFORE_END_MS, () => assume(session));
  return () => credentials();
}

async function assume({ roleArn, sessionName, externalId }: SpokeSession): Promise<AwsCredentialIdentity> {
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ExternalId: externalId,
    DurationSeconds: SESSION_SECONDS,
  });
  const { Credentials: given } = await callAws('sts:AssumeRole', () =>
    createClient(STSClient)
      .send(command)
      .catch((error: unknown) => {
        if (!isDenied(error)) throw error;
        const message = `${roleArn} lets nobody in; deploy the spoke stack there, with this hub's external id (${(error as Error).message})`;
        throw new InvalidConfigurationError(message, { cause: error });
      }),
  );
  return whole(roleArn, given);
}

/** STS gives all four; without the last the SDK would keep the others for ever. */
function whole(roleArn: string, given: Credentials | undefined): AwsCredentialIdentity {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
    throw new TransientError(`sts:AssumeRole of ${roleArn} was answered without its credentials`);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
