import { EvidenceSources } from '../clients/evidence-sources.ts';
import { logger } from './logger.ts';

/** The sources as a task meets them, each failure in its log. */
export const watchedSources = (): EvidenceSources =>
  new EvidenceSources((source, error) =>
    logger.warn(`the source of evidence ${source} did not answer; the night goes on without it`, error as Error),
  );
