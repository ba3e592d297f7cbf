import type { RunPolicy } from '../../shared/contracts/run.ts';

/** The policy of a stage that configures none; a test compares it with the configuration's own defaults. */
export const DEFAULT_POLICY: RunPolicy = {
  strategy: 'cost',
  balancedWeight: 0.5,
  maxSlowdown: 0.1,
  lookbackDays: 14,
  minimumInvocations: 50,
  memoryHeadroom: 0.1,
  minimumSavingsUsdPerMonth: 0.5,
  minimumMemorySizeMb: 128,
  maximumMemorySizeMb: 10_240,
  maximumProposals: 1_000,
};
