import { randomBytes } from 'node:crypto';
import { AwsRate } from '../../../shared/aws-rates.ts';
import { createArtifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { createAliasTraffic } from '../../../shared/clients/cloudwatch/alias-traffic.ts';
import { createMetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import { createUnqualifiedTraffic } from '../../../shared/clients/cloudwatch/unqualified-traffic.ts';
import { createOutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import { createAliasCatalog } from '../../../shared/clients/lambda/alias-catalog.ts';
import { createFunctionCallers } from '../../../shared/clients/lambda/function-callers.ts';
import { createFunctionConfigurations } from '../../../shared/clients/lambda/function-configuration.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { placeClients } from '../../../shared/clients/organization/place-clients.ts';
import { createPace } from '../../../shared/clients/pace.ts';
import { createHtmlMail } from '../../../shared/clients/ses/html-mail.ts';
import { createDigestTopic } from '../../../shared/clients/sns/digest-topic.ts';
import { createTopicReaders } from '../../../shared/clients/sns/topic-readers.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseDigestSettings } from '../../../shared/contracts/digest-settings.ts';
import { parseApprovalSettings } from '../../../shared/contracts/settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { prepareApprovals } from './prepare-approvals.ts';
import { publishReaders } from './publish-readers.ts';

/** Called between the two fan-outs. Event: PrepareApprovalsInput; answers PrepareApprovalsOutput. */
const environment = readEnvironment([
  Env.ledgerTableName,
  Env.runBucketName,
  Env.digestTopicArn,
  Env.approvalBaseUrl,
  Env.runSettings,
  Env.eventBusName,
  Env.digestSettings,
]);
const { rateLimitShare, timeZone, autoApprovalRules, ownedFunctions } = parseApprovalSettings(
  environment[Env.runSettings],
);
const { html, linkInEvents } = parseDigestSettings(environment[Env.digestSettings]);
const clients = placeClients('read');
const dependencies = {
  artifacts: createArtifacts(environment[Env.runBucketName]),
  ledger: createLedger(environment[Env.ledgerTableName]),
  unqualifiedTraffic: createUnqualifiedTraffic(clients),
  aliasCatalog: createAliasCatalog(clients),
  aliasTraffic: createAliasTraffic(clients),
  topic: createDigestTopic(environment[Env.digestTopicArn]),
  htmlMail: html && createHtmlMail(html.from, html.to),
  events: createOutcomeEvents(environment[Env.eventBusName]),
  linkInEvents,
  readers: createTopicReaders(environment[Env.digestTopicArn]),
  htmlReaderCount: html?.to.length ?? 0,
  publishReaders,
  autoApprovalRules,
  ownedFunctions,
  approvalBaseUrl: environment[Env.approvalBaseUrl],
  timeZone,
  randomBytes,
  now: () => clock.now(),
};

/**
 * Everything that is asked for each candidate, at our share of each rate. AWS counts each account and region by itself;
 * one pace for all of them is slower than need be for the few that are proposed, and never too fast.
 */
function paced() {
  const pace = createPace(AwsRate.lambdaControlPlane * rateLimitShare, clock);
  return {
    configurations: createFunctionConfigurations(createPace(AwsRate.getFunction * rateLimitShare, clock), clients),
    metrics: createMetricReader(createPace(AwsRate.metricPoints * rateLimitShare, clock), clients),
    callers: createFunctionCallers(pace, clients),
    pace,
  };
}

export const handler = taskHandler((event) => prepareApprovals(event, { ...dependencies, ...paced() }));
