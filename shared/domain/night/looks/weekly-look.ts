import type { Look } from '../../../contracts/look.ts';
import { lookUsdPerMonth } from '../../pricing/estimate-night-usage.ts';
import { isDue } from './look-day.ts';

/**
 * Why a function is not looked at tonight: its whole month costs less than looking at it every night would, so that
 * nothing found could pay for the look. Undefined where it is looked at.
 */
export function weeklyLook(
  listed: { functionName: string; lastModified: string },
  look: Look | undefined,
  runDate: string,
): string | undefined {
  if (look?.usdPerMonth === undefined || isDue(listed, look, runDate)) return undefined;
  const nightlyUsd = lookUsdPerMonth();
  if (look.usdPerMonth >= nightlyUsd) return undefined;
  return `its month costs about ${usd(look.usdPerMonth)}, looking at it every night ${usd(nightlyUsd)}: looked at weekly, last on ${look.on}`;
}

const usd = (amount: number): string => `${amount.toFixed(5)} USD`;
