import { randomBytes } from 'node:crypto';
import { createArtifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { createUnqualifiedTraffic } from '../../shared/clients/cloudwatch/unqualified-traffic.ts';
import { createFunctionConfigurations } from '../../shared/clients/lambda/function-configuration.ts';
import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { createDigestTopic } from '../../shared/clients/sns/digest-topic.ts';
import { clock } from '../../shared/clock.ts';
import { Env } from '../../shared/constants.ts';
import { parseRunSettings } from '../../shared/contracts/settings.ts';
import { readEnvironment } from '../../shared/env.ts';
import { taskHandler } from '../../shared/observability/task-handler.ts';
import { prepareApprovals } from './prepare-approvals.ts';

/** Called between the two fan-outs. Event: PrepareApprovalsInput; answers PrepareApprovalsOutput. */
const environment = readEnvironment([
  Env.ledgerTableName,
  Env.runBucketName,
  Env.digestTopicArn,
  Env.approvalBaseUrl,
  Env.runSettings,
]);
const dependencies = {
  artifacts: createArtifacts(environment[Env.runBucketName]),
  ledger: createLedger(environment[Env.ledgerTableName]),
  configurations: createFunctionConfigurations(),
  unqualifiedTraffic: createUnqualifiedTraffic(),
  topic: createDigestTopic(environment[Env.digestTopicArn]),
  approvalBaseUrl: environment[Env.approvalBaseUrl],
  timeZone: parseRunSettings(environment[Env.runSettings]).timeZone,
  randomBytes,
  now: () => clock.now(),
};

export const handler = taskHandler((event) => prepareApprovals(event, dependencies));
