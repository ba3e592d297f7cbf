import { LAMBDA_MEMORY_MAX_MB, LAMBDA_MEMORY_MIN_MB } from '../constants.ts';
import type { RunPolicy } from './run.ts';

/** The approval page lists a run's proposals on one page, and one digest names their total. */
export const PROPOSALS_MAX = 1_000;

/** An approval is forgotten by whoever gave it long before. */
export const CONSENT_DAYS_MAX = 90;

/** How a run decides where nobody said otherwise: the configuration's defaults, and what `assess` goes by. */
export const DEFAULT_POLICY: RunPolicy = {
  strategy: 'cost',
  balancedWeight: 0.5,
  maxSlowdown: 0.1,
  lookbackDays: 14,
  minimumInvocations: 50,
  memoryHeadroom: 0.1,
  minimumSavingsUsdPerMonth: 0.5,
  minimumMemorySizeMb: LAMBDA_MEMORY_MIN_MB,
  maximumMemorySizeMb: LAMBDA_MEMORY_MAX_MB,
  maximumProposals: 50,
  consentDays: 14,
};
