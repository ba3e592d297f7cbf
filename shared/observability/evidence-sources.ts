import { EvidenceSources } from '../clients/evidence-sources.ts';
import { PlacedSources } from '../clients/placed-sources.ts';
import { logger } from './logger.ts';

/** The sources as a task meets them, each failure in its log. */
export const watchedSources = (): EvidenceSources =>
  new EvidenceSources((source, error) =>
    logger.warn(`the source of evidence ${source} did not answer; the night goes on without it`, error as Error),
  );

/** The sources of every account and region as a task meets them, each failure in its log. */
export const placedSources = (accountNames?: Readonly<Record<string, string>>): PlacedSources =>
  new PlacedSources(watchedSources, accountNames);
