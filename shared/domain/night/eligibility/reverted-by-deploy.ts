import type { FunctionRecord } from '../../../contracts/ledger.ts';

/** A team that deployed its own size over ours is not asked again for this long (design: RevertedByDeploy). */
export const REVERTED_REST_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Whether somebody, usually a deployment, gave the function another memory size than our last write left it with.
 * While a proposal or change of ours is open its size may lawfully differ, so then nobody can tell.
 */
export function isRevertedByDeploy(live: { memorySizeMb: number }, record: FunctionRecord | undefined): boolean {
  if (record?.lastWritten === undefined || record.open !== undefined) return false;
  return record.lastWritten.memorySizeMb !== live.memorySizeMb;
}

/** The day (ISO date) the rest after a reverted change ends, if it has not yet. */
export function revertedRestEnds(record: FunctionRecord | undefined, now: Date): string | undefined {
  if (record?.revertedByDeployAt === undefined) return undefined;
  const endMs = Date.parse(record.revertedByDeployAt) + REVERTED_REST_DAYS * DAY_MS;
  return endMs > now.getTime() ? new Date(endMs).toISOString().slice(0, 10) : undefined;
}
