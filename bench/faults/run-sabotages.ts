import { judge } from './invariants/judge.ts';
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

/** The sound product first, which no rule may complain about; then each way to break it, with no fault besides. */
export async function runSabotages(): Promise<SabotageResult[]> {
  const results: SabotageResult[] = [];
  for (const [sabotage, breakIt] of [['nothing', () => {}] as const, ...Object.entries(SABOTAGES)]) {
    const log = new CapturedLog();
    try {
      const { evidence } = await playNights('plain', SEED, new FaultPlan(SEED, 0), breakIt);
      const violations = judge({ ...evidence, logLines: log.lines });
      results.push({ sabotage, caught: violations.length > 0, by: violations[0] ?? 'nobody' });
    } finally {
      log.stop();
    }
  }
  return results;
}
