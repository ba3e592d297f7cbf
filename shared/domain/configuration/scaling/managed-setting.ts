/** A value of ours on somebody's resource: a flat object of plain values, compared field by field. */
export type SettingValue = Readonly<Record<string, string | number | boolean>>;

/** What the ledger remembers of a setting that we wrote, or were about to. */
export interface SettingRecord {
  /** Names the setting, e.g. `function/orders-api/reserved-concurrency`. */
  key: string;
  resource: string;
  /** What stood before us; null when nothing did. */
  before: SettingValue | null;
  written: SettingValue;
  /** What we had written before, while it is not known that `written` took its place: either is ours. */
  formerly?: SettingValue;
  /** What the value was derived from; while it stays the same a drifting measurement moves nothing. */
  basis: string;
  /** ISO 8601. */
  at: string;
  /** Set once the setting was put back; the record is then history. */
  undoneAt?: string;
}

/** A setting as it should be. */
export interface WantedSetting {
  key: string;
  resource: string;
  value: SettingValue;
  basis: string;
  reason: string;
  /** Key of a setting that must be ours first: a policy is not put on somebody else's limits. */
  requires?: string;
  /** Whether a value we wrote earlier on the same basis still does; such a value is kept. @default always */
  stillServes?: (written: SettingValue) => boolean;
  /** What stood when it was planned, null for nothing; left out where planning does not look. */
  seen?: SettingValue | null;
}

export type SettingVerdict =
  | { verdict: 'create' | 'update' | 'unchanged'; value: SettingValue; reason: string }
  | { verdict: 'skip'; reason: string };

/**
 * What to do about a setting. Only what nobody set, or what still is as we left it, is ever written: a value that its
 * owner chose, changed or took away is theirs.
 */
export function decideSetting(
  wanted: WantedSetting,
  live: SettingValue | undefined,
  known: SettingRecord | undefined,
): SettingVerdict {
  const record = known?.undoneAt === undefined ? known : undefined;
  const value = settledValue(wanted, record);
  if (isSame(live, value)) return { verdict: 'unchanged', value, reason: wanted.reason };
  if (record !== undefined && !isOurs(live, record) && !isSame(live, record.before ?? undefined)) {
    return { verdict: 'skip', reason: `${said(live)} since ${said(record.written)} was written on ${record.at}; left` };
  }
  if (live === undefined) return { verdict: 'create', value, reason: wanted.reason };
  if (record === undefined) return { verdict: 'skip', reason: `${said(live)} was set by its owner; left as it is` };
  return { verdict: 'update', value, reason: wanted.reason };
}

export type UndoVerdict =
  | { verdict: 'restore'; value: SettingValue }
  | { verdict: 'remove' | 'gone' }
  | { verdict: 'skip'; reason: string };

/** How a setting of ours is put back: only when what is live still is what we wrote. */
export function decideUndo(record: SettingRecord, live: SettingValue | undefined): UndoVerdict {
  if (isSame(live, record.before ?? undefined)) return { verdict: 'gone' };
  if (!isOurs(live, record)) {
    return { verdict: 'skip', reason: `${said(live)} since ${said(record.written)} was written on ${record.at}; left` };
  }
  return record.before === null ? { verdict: 'remove' } : { verdict: 'restore', value: record.before };
}

const isOurs = (live: SettingValue | undefined, { written, formerly }: SettingRecord): boolean =>
  isSame(live, written) || (formerly !== undefined && isSame(live, formerly));

function settledValue({ value, basis, stillServes }: WantedSetting, record: SettingRecord | undefined): SettingValue {
  if (record === undefined || record.basis !== basis) return value;
  return stillServes?.(record.written) === false ? value : record.written;
}

export function isSame(a: SettingValue | undefined, b: SettingValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

const said = (value: SettingValue | undefined): string =>
  value === undefined
    ? 'removed'
    : Object.entries(value)
        .map(([name, each]) => `${name} ${each}`)
        .join(', ');
