import { createMetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import { placeClients } from '../../../shared/clients/organization/place-clients.ts';
import { UNPACED } from '../../../shared/clients/pace.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { collectMetrics } from './collect-metrics.ts';

/**
 * First state of an assessment batch: what production looked like at each function's current configuration. Called by
 * the Express children of AssessEachFunction with `{ BatchInput: { run }, Items }`.
 */
const dependencies = { metrics: createMetricReader(UNPACED, placeClients('read')) };

export const handler = taskHandler((event) => collectMetrics(event, dependencies));
