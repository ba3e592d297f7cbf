import type { MemoryEvidence } from '../../../contracts/evidence.ts';
import type { Look } from '../../../contracts/look.ts';
import { isDue } from './look-day.ts';

/**
 * What REPORT lines said of a function some nights ago, where that still holds. A fortnight's lines are mostly the same
 * lines a day later, and reading them is what a night pays most for.
 */
export function rememberedMemory(
  listed: { functionName: string; lastModified: string },
  look: Look | undefined,
  runDate: string,
): MemoryEvidence | undefined {
  if (look?.memory === undefined || isDue(listed, { ...look, on: look.memory.readOn }, runDate)) return undefined;
  return { source: 'ReportLines', ...look.memory };
}
