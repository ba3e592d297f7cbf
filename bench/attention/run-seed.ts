import { readLedger } from '../../sandbox/demos/night/ledger-snapshot.ts';
import { quietHandlers } from '../../sandbox/demos/night/quiet-handlers.ts';
import { runNight } from '../../sandbox/demos/night/run-night.ts';
import { createWorld, type World } from '../../sandbox/demos/night/world.ts';
import { monthlyCostUsd } from '../../sandbox/fleet/accounting.ts';
import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import type { RunPolicy } from '../../shared/contracts/run.ts';

/** A fixed date, so that the same seed measures the same nights on any day. */
const START_MS = Date.parse('2026-11-02T00:00:00Z');

export interface SeedRun {
  /** What the fleet's true bill fell by from the first night's start to the last one's end. */
  savingUsdPerMonth: number;
  /** Every proposal the ledger holds after the last night. */
  proposals: AskedProposal[];
  violations: string[];
}

/** As much of a proposal as tells whether it was worth asking. */
export type AskedProposal = Pick<ProposalRecord, 'runId' | 'functionName' | 'assessment' | 'savings' | 'decision'>;

export interface SeedOptions {
  seed: number;
  functions: number;
  nights: number;
  /** Differences from the default policy. */
  policy: Partial<RunPolicy>;
}

/** Runs the demo's nights, everything that is asked approved, and reads from the ledger what was asked. */
export async function runSeed({ seed, functions, nights, policy }: SeedOptions): Promise<SeedRun> {
  quietHandlers();
  const world = await createWorld({ functions, seed, startMs: START_MS, configuration: { policy } });
  try {
    return await runNights(world, nights);
  } finally {
    world.deployment.dispose();
  }
}

async function runNights(world: World, nights: number): Promise<SeedRun> {
  const startUsd = monthlyCostUsd(world.fleet, START_MS);
  const violations: string[] = [];
  for (let night = 0; night < nights; night += 1) {
    const ended = await runNight(world, { approve: 'all', faults: false, night, progress: () => undefined });
    violations.push(...ended.violations);
  }
  const items = await readLedger(world);
  // The table's raw items, read from outside on purpose: the sort key says which record each is.
  const records = items.filter(({ sk }) => sk.startsWith('PROPOSAL#')) as unknown as ProposalRecord[];
  const proposals = records.map(({ runId, functionName, assessment, savings, decision }) => ({
    runId,
    functionName,
    assessment,
    savings,
    ...(decision && { decision }),
  }));
  return { savingUsdPerMonth: startUsd - monthlyCostUsd(world.fleet, world.clock.now()), proposals, violations };
}
