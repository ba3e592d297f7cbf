import type { RemediationAction } from '../../contracts/remediation.ts';
import type { RemediationSettings } from '../../contracts/remediation-settings.ts';
import { act, type Diagnosis, ignore, notify } from './diagnosis.ts';
import type { TableEvidence } from './evidence.ts';
import { raisedUnits } from './raise.ts';

type LiveTable = NonNullable<TableEvidence['live']>;

/** Refusals while the table as a whole has this much to spare come from one partition, which capacity can't help. */
const HOT_KEY_SHARE = 0.6;

/** Why DynamoDB refuses requests, and what of it can be raised. */
export function diagnoseTable(evidence: TableEvidence, settings: RemediationSettings): Diagnosis {
  const { tableName, live, throttled, consumed } = evidence;
  const resource = { kind: 'table', name: tableName } as const;
  if (live === undefined) return notify(resource, 'ResourceGone', 'the table was deleted since');
  if (throttled.reads + throttled.writes === 0)
    return ignore(resource, 'AlreadyOver', 'nothing was refused in the last minutes');
  const refused = `${throttled.reads} reads and ${throttled.writes} writes were refused`;
  if (live.billingMode === 'PAY_PER_REQUEST')
    return notify(
      resource,
      'HotKey',
      `${refused} although the table is on demand: a hot key, or a rise beyond twice its former peak; nothing can be raised`,
    );
  const hot = isHotKey(live, throttled, consumed);
  if (hot !== undefined) return notify(resource, 'HotKey', `${refused}, but ${hot}; spread the hot key`);
  const action = raise(tableName, live, throttled, settings);
  if (action === undefined)
    return notify(
      resource,
      'TableCapacityUsedUp',
      `${refused}, and ${settings.maximumTableUnits} units is the most it may have`,
    );
  return act(resource, 'TableCapacityUsedUp', refused, action);
}

function isHotKey(
  live: LiveTable,
  throttled: TableEvidence['throttled'],
  consumed: TableEvidence['consumed'],
): string | undefined {
  const readShare = consumed.readUnits / Math.max(1, live.readUnits);
  const writeShare = consumed.writeUnits / Math.max(1, live.writeUnits);
  const share = throttled.reads >= throttled.writes ? readShare : writeShare;
  return share < HOT_KEY_SHARE ? `the table used only ${Math.round(share * 100)} % of its capacity` : undefined;
}

/** Where Application Auto Scaling manages the dimension that is refused most, its maximum is what holds; else the table's own units. */
function raise(
  tableName: string,
  live: LiveTable,
  throttled: TableEvidence['throttled'],
  settings: RemediationSettings,
): RemediationAction | undefined {
  const dimension = throttled.reads >= throttled.writes ? 'read' : 'write';
  const scaling = dimension === 'read' ? live.readScaling : live.writeScaling;
  if (scaling !== undefined) {
    const after = raisedUnits(scaling.maximum, settings);
    return after === undefined
      ? undefined
      : { kind: 'RaiseTableMaximum', tableName, dimension, before: scaling.maximum, after };
  }
  const before = { readUnits: live.readUnits, writeUnits: live.writeUnits };
  const after = {
    readUnits: raiseIf(throttled.reads > 0 && live.readScaling === undefined, before.readUnits, settings),
    writeUnits: raiseIf(throttled.writes > 0 && live.writeScaling === undefined, before.writeUnits, settings),
  };
  const isHigher = after.readUnits > before.readUnits || after.writeUnits > before.writeUnits;
  return isHigher ? { kind: 'RaiseTableCapacity', tableName, before, after } : undefined;
}

const raiseIf = (isWanted: boolean, units: number, settings: RemediationSettings): number =>
  (isWanted ? raisedUnits(units, settings) : undefined) ?? units;
