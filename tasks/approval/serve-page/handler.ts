import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readObjectUnlisted } from '../../../shared/clients/artifacts/read-object.ts';
import { createIssuer } from '../../../shared/clients/oidc/issuer.ts';
import { createClientSecret } from '../../../shared/clients/secrets-manager/client-secret.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parsePageSettings } from '../../../shared/contracts/settings.ts';
import { parseSignInSettings, type SignInSettings } from '../../../shared/contracts/sign-in.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { logger } from '../../../shared/observability/logger.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import type { DecideDeps } from './deps.ts';
import { createPageLedger } from './page-ledger.ts';
import { decideRequest } from './request/decide-request.ts';
import type { SignInDeps } from './sign-in/deps.ts';

/**
 * The approval page and the form it sends; called by the HTTP API. A GET only reads; a POST writes decisions to the
 * ledger and nothing else: DeliverDecision hands them to the waiting execution.
 */
const environment = readEnvironment([Env.ledgerTableName, Env.runBucketName]);
const settings = process.env[Env.runSettings];
const signIn = process.env[Env.signInSettings];

const deps: DecideDeps = {
  ledger: createPageLedger(environment[Env.ledgerTableName]),
  readNightPage: (key) => readObjectUnlisted(environment[Env.runBucketName], key),
  log: logger,
  timeZone: settings ? parsePageSettings(settings).timeZone : 'UTC',
  signIn: signIn ? signInDeps(parseSignInSettings(signIn)) : undefined,
};

function signInDeps({ issuer, clientId, clientSecretArn }: SignInSettings): SignInDeps {
  const readSecret = clientSecretArn === undefined ? undefined : createClientSecret(clientSecretArn);
  return { issuer: createIssuer({ issuer, clientId, readSecret }), randomBytes };
}

export const handler = taskHandler((event) => decideRequest(event as APIGatewayProxyEventV2, deps, clock.now()));

export { decideRequest } from './request/decide-request.ts';
