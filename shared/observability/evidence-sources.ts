import { EvidenceSources } from '../clients/evidence-sources.ts';
import { PlacedSources } from '../clients/placed-sources.ts';
import { logger } from './logger.ts';

/** The sources as a task meets them, each failure in its log. */
export const watchedSources = (isPatient = true): EvidenceSources =>
  new EvidenceSources(
    (source, error) =>
      logger.warn(`the source of evidence ${source} did not answer; the night goes on without it`, error as Error),
    { isPatient },
  );

/**
 * The sources of every account and region as a task meets them, each failure in its log. The task's time is everybody's:
 * there is patience with the hub's own, without which there is no night, and none with another that keeps it waiting.
 */
export const placedSources = (accountNames?: Readonly<Record<string, string>>): PlacedSources =>
  new PlacedSources((place) => watchedSources(place === undefined), accountNames);
