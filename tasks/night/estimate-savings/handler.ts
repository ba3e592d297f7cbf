import { createPriceSource } from '../../../shared/clients/pricing/price-list.ts';
import { clock } from '../../../shared/clock.ts';
import { logger } from '../../../shared/observability/logger.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { estimateSavings } from './estimate-savings.ts';

/**
 * Last state of an assessment: the money. Called for each function of a batch with `{ run, assessment }`; its answer
 * is what PrepareApprovals chooses from.
 */
const dependencies = {
  prices: createPriceSource(clock, (error) =>
    logger.warn('price list not read, using the dated table', error as Error),
  ),
};

export const handler = taskHandler((event) => estimateSavings(event, dependencies));
