import type { World } from '../../sandbox/demos/night/world.ts';
import { judge } from './invariants/judge.ts';
import { PLACE_SABOTAGES } from './place-sabotage.ts';
import { SABOTAGES } from './sabotage.ts';
import { playNights } from './scenarios/night.ts';
import { FaultPlan } from './seam/fault-plan.ts';
import { CapturedLog } from './world/captured-log.ts';

/** Whether a rule noticed that the product was broken on purpose, and what it said. */
export interface SabotageResult {
  readonly sabotage: string;
  readonly caught: boolean;
  readonly by: string;
}

/** A seed whose person leaves some proposals unanswered, rejects some and approves the others. */
const SEED = 7;
/** A seed in which one place is away in the first night, and a function of the other gets worse by its change. */
const SEED_OVER_PLACES = 125;

type Sabotages = Readonly<Record<string, (world: World) => void>>;

/** The sound product first, which no rule may complain about; then each way to break it, with no fault besides. */
export async function runSabotages(): Promise<SabotageResult[]> {
  return [
    ...(await run({ nothing: () => {}, ...SABOTAGES }, SEED, false)),
    ...(await run({ 'nothing over places': () => {}, ...PLACE_SABOTAGES }, SEED_OVER_PLACES, true)),
  ];
}

async function run(sabotages: Sabotages, seed: number, hasPlaces: boolean): Promise<SabotageResult[]> {
  const results: SabotageResult[] = [];
  for (const [sabotage, breakIt] of Object.entries(sabotages)) {
    const log = new CapturedLog();
    try {
      const scene = { variant: 'plain', hasPlaces } as const;
      const { evidence } = await playNights(scene, seed, new FaultPlan(seed, 0, hasPlaces), breakIt);
      const violations = judge({ ...evidence, logLines: log.lines });
      results.push({ sabotage, caught: violations.length > 0, by: violations[0] ?? 'nobody' });
    } finally {
      log.stop();
    }
  }
  return results;
}
