import type { RemediationAction } from '../../../shared/contracts/remediation.ts';
import { UpdateInProgressError } from '../../../shared/errors.ts';
import { done, type Performed, type RemediateDependencies, refused } from './dependencies.ts';

type Units = Extract<RemediationAction, { kind: 'RaiseTableCapacity' }>;
type Maximum = Extract<RemediationAction, { kind: 'RaiseTableMaximum' }>;

/** @throws UpdateInProgressError while the table is being updated */
export async function changeUnits(
  { tableName, before, after }: Units,
  { tables }: RemediateDependencies,
): Promise<Performed> {
  const live = await tables.read(tableName);
  if (live === undefined) return refused('the table was deleted since');
  if (live.status !== 'ACTIVE') throw new UpdateInProgressError(`table ${tableName} is ${live.status}`);
  const isThere = live.readUnits === after.readUnits && live.writeUnits === after.writeUnits;
  if (!isThere) {
    if (live.readUnits !== before.readUnits || live.writeUnits !== before.writeUnits)
      return refused(`somebody changed ${tableName} since: it has ${words(live)}, ${words(before)} were expected`);
    const result = await tables.writeUnits(tableName, after);
    if (!result.written) return refused(result.reason);
  }
  return done(`${tableName} now has ${words(after)}, it had ${words(before)}`);
}

export async function changeMaximum(
  { tableName, dimension, before, after }: Maximum,
  { tables }: RemediateDependencies,
): Promise<Performed> {
  const live = await tables.read(tableName);
  const maximum = (dimension === 'read' ? live?.readScaling : live?.writeScaling)?.maximum;
  if (maximum !== after) {
    if (maximum !== before)
      return refused(
        `somebody changed the scaling of ${tableName} since: its maximum is ${maximum ?? 'none'}, ${before} was expected`,
      );
    const result = await tables.writeMaximum(tableName, dimension, after);
    if (!result.written) return refused(result.reason);
  }
  return done(`${tableName} may now scale to ${after} ${dimension} units, it could to ${before}`);
}

const words = ({ readUnits, writeUnits }: { readUnits: number; writeUnits: number }): string =>
  `${readUnits} read and ${writeUnits} write units`;
