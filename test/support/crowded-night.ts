import type { RateUse } from '../../sandbox/account/core/rate-limits.ts';
import { runNight } from '../../sandbox/demos/night/run-night.ts';
import { NightWorld } from './night-world.ts';

/** Others in the account use four fifths of every rate that AWS documents. */
export const RATES_LEFT = 0.2;
const FUNCTIONS = 200;

export interface CrowdedNight {
  /** Attempts that a rate refused, by rate; those that refused none are missing. */
  refused: Record<string, number>;
  use: RateUse[];
  figures: Awaited<ReturnType<typeof runNight>>['figures'];
  violations: string[];
}

/** A night in which AWS has little left for us, everything approved; calls take no time, so that only pace slows it. */
export async function crowdedNight(rateLimitShare: number): Promise<CrowdedNight> {
  const night = await NightWorld.create({
    functions: FUNCTIONS,
    ratesLeft: RATES_LEFT,
    configuration: { rateLimitShare, controlPlaneShare: rateLimitShare },
  });
  try {
    const { figures, violations } = await runNight(night.world, {
      ...{ approve: 'all', faults: false, night: 0 },
      progress: () => undefined,
    });
    const use = night.account.rateUse();
    const refused = use.filter((each) => each.refused > 0).map(({ limit, refused: times }) => [limit, times]);
    return { refused: Object.fromEntries(refused), use, figures, violations };
  } finally {
    night.dispose();
  }
}
