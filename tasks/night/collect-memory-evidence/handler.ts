import { AwsRate, LOG_QUERIES_AT_ONCE } from '../../../shared/aws-rates.ts';
import { createArtifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { createRememberedLooks } from '../../../shared/clients/artifacts/remembered-looks.ts';
import { createInsightsMemory } from '../../../shared/clients/cloudwatch/insights-memory.ts';
import { createComputeOptimizer } from '../../../shared/clients/compute-optimizer/memory-findings.ts';
import { createReportLogs, type LogPaces } from '../../../shared/clients/logs/report-logs.ts';
import { placeClients } from '../../../shared/clients/organization/place-clients.ts';
import { createPace } from '../../../shared/clients/pace.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseReadingSettings } from '../../../shared/contracts/settings.ts';
import type { Place } from '../../../shared/domain/organization/place.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { logger } from '../../../shared/observability/logger.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { collectMemoryEvidence } from './collect-memory-evidence.ts';

/**
 * Second stage of a night's assessment: how much memory each function uses at most, and how we know. Called by the
 * state CollectMemoryEvidence with `{ run, discovered }`; a stage of its own, because log queries can take minutes.
 */
const environment = readEnvironment([Env.runBucketName, Env.runSettings]);
const { rateLimitShare, logScanBudgetBytes } = parseReadingSettings(environment[Env.runSettings]);
const artifacts = createArtifacts(environment[Env.runBucketName]);
const clients = placeClients('read');
const dependencies = {
  artifacts,
  looks: createRememberedLooks(artifacts, (error) => logger.warn('earlier looks not read', error as Error)),
  clock,
  scanBudgetBytes: logScanBudgetBytes,
  queriesAtOnce: Math.max(1, Math.floor(LOG_QUERIES_AT_ONCE * rateLimitShare)),
};

/** What tells of memory in one account and region, at our share of its own rates: AWS counts each by itself. */
const sourcesAt = (place?: Place) => ({
  computeOptimizer: createComputeOptimizer(clients, place),
  logs: createReportLogs(pacesOfLogs(), clients, place),
  insights: createInsightsMemory(clients, place),
});

function pacesOfLogs(): LogPaces {
  const pace = (callsPerSecond: number) => createPace(callsPerSecond * rateLimitShare, clock);
  return {
    describeGroups: pace(AwsRate.describeLogGroups),
    startQuery: pace(AwsRate.startQuery),
    getResults: pace(AwsRate.getQueryResults),
  };
}

export const handler = taskHandler((event) =>
  collectMemoryEvidence(event, { ...dependencies, ...sourcesAt(), elsewhere: sourcesAt }),
);
