import type { AlarmId } from '../../contracts/alarms.ts';
import { catalogueRow } from '../configuration/alarms/catalogue.ts';

/** A changed function serves with new environments within a minute or two. */
const TAKES_EFFECT_SECONDS = 120;
/** CloudWatch evaluates every minute, and metrics of the last minute arrive late. */
const ARRIVES_SECONDS = 180;

/** How long after an action an alarm takes to clear if it helped: all its periods must have turned over. */
export function clearingSeconds(id: AlarmId): number {
  const { periodSeconds, evaluationPeriods } = catalogueRow(id).evaluation;
  return TAKES_EFFECT_SECONDS + ARRIVES_SECONDS + (evaluationPeriods + 1) * periodSeconds;
}
