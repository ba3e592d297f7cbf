import { EXCLUDE_TAG } from '../../../constants.ts';
import type { AutoScalingSettings } from '../../../contracts/auto-scaling.ts';
import { AUTO_SCALING_TAG, type FunctionClass, isTagged, readClass, type Tags } from './function-class.ts';
import { decideSetting, type SettingRecord, type WantedSetting } from './managed-setting.ts';

/** A function as reserved concurrency is decided for it. */
export interface ReservableFunction {
  readonly functionName: string;
  readonly tags: Tags;
  /** Live reservation; undefined when there is none. */
  readonly reserved: number | undefined;
  /** Most executions at once in the look-back; undefined when CloudWatch has no data, which is not zero. */
  readonly observedMaximum: number | undefined;
}

export interface AccountConcurrency {
  /** The account's limit on executions at once. */
  readonly concurrency: number;
  readonly unreserved: number;
}

export interface Skipped {
  resource: string;
  reason: string;
  /** Its owner no longer asks for anything: what we had set is put back. Otherwise it stays as it is. */
  isWithdrawn?: true;
}

export interface ReservationPlan {
  wanted: WantedSetting[];
  skipped: Skipped[];
}

export const reservationKey = (functionName: string): string => `function/${functionName}/reserved-concurrency`;
export const functionResource = (functionName: string): string => `function/${functionName}`;

/** Why a function is not to be touched by configuration, whatever its tags ask for besides; undefined when it may be. */
export function untouchable(tags: Tags, ownStackName: string | undefined): string | undefined {
  if (isTagged(tags, EXCLUDE_TAG)) return `tagged ${EXCLUDE_TAG}`;
  if (ownStackName !== undefined && tags['aws:cloudformation:stack-name'] === ownStackName) {
    return "part of Rightsizer's own stack";
  }
  return undefined;
}

/**
 * Reservations for the functions that asked for one, critical functions first, each at the class's figure or above
 * what the function was seen to need, as long as the account keeps its floor of unreserved executions. A reservation
 * is also a limit, so nothing is reserved for a function whose need nobody has seen, unless its tag names the number.
 *
 * @param budget executions that may still be reserved, taken from; a plan in parts is the same as a whole one, if the parts are in order
 */
export function planReservations(
  functions: readonly ReservableFunction[],
  account: AccountConcurrency,
  settings: AutoScalingSettings,
  records: ReadonlyMap<string, SettingRecord>,
  budget = { left: reservable(account, settings) },
): ReservationPlan {
  const plan: ReservationPlan = { wanted: [], skipped: [] };
  for (const each of inOrderOfClass(functions)) {
    const wanted = wantedReservation(each, settings);
    if ('skip' in wanted) {
      plan.skipped.push({
        resource: functionResource(each.functionName),
        reason: wanted.skip,
        ...(wanted.isWithdrawn && { isWithdrawn: true }),
      });
      continue;
    }
    const more = growth(wanted, each, records);
    if (more > budget.left) {
      plan.skipped.push({
        resource: functionResource(each.functionName),
        reason: overFloor(more, budget.left, settings),
      });
      continue;
    }
    budget.left -= Math.max(0, more);
    plan.wanted.push(wanted);
  }
  return plan;
}

/** Executions that may be reserved in the account as it stands. */
export const reservable = ({ unreserved }: AccountConcurrency, { minimumUnreserved }: AutoScalingSettings): number =>
  unreserved - minimumUnreserved;

function overFloor(more: number, left: number, { minimumUnreserved }: AutoScalingSettings): string {
  return `${more} more reserved executions would leave the account's other functions fewer than ${minimumUnreserved}: ${Math.max(0, left)} can still be reserved`;
}

/** Executions that the write would take from the account's unreserved ones; 0 when nothing will be written. */
function growth(
  wanted: WantedSetting,
  { reserved }: ReservableFunction,
  records: ReadonlyMap<string, SettingRecord>,
): number {
  const live = reserved === undefined ? undefined : { executions: reserved };
  const decided = decideSetting(wanted, live, records.get(wanted.key));
  if (decided.verdict !== 'create' && decided.verdict !== 'update') return 0;
  return Number(decided.value['executions']) - (reserved ?? 0);
}

function wantedReservation(each: ReservableFunction, settings: AutoScalingSettings): WantedSetting | Refused {
  const { functionName, tags, observedMaximum, reserved } = each;
  if (reserved === 0) return { skip: 'reserved concurrency is 0: its owner switched it off' };
  const asked = askedFor(tags, settings);
  if ('skip' in asked) return asked;
  if (observedMaximum === undefined && !asked.isExplicit) {
    return {
      skip: `no traffic in ${settings.lookbackDays} days says how much it needs; a reservation is also a limit`,
    };
  }
  const needed = Math.ceil((observedMaximum ?? 0) * (1 + settings.concurrencyHeadroom));
  const executions = Math.max(asked.executions, needed);
  return {
    key: reservationKey(functionName),
    resource: functionResource(functionName),
    value: { executions },
    seen: reserved === undefined ? null : { executions: reserved },
    basis: `${asked.said} ${asked.executions}`,
    reason:
      executions > asked.executions
        ? `${asked.said}: ${asked.executions}, but ${observedMaximum} ran at once, so ${executions}`
        : `${asked.said}: ${executions}${observedMaximum === undefined ? '' : `, most seen at once ${observedMaximum}`}`,
    stillServes: (written) => Number(written['executions']) >= Math.max(asked.executions, observedMaximum ?? 0),
  };
}

interface Refused {
  skip: string;
  isWithdrawn?: true;
}
type Asked = { executions: number; said: string; isExplicit: boolean } | Refused;

function askedFor(tags: Tags, settings: AutoScalingSettings): Asked {
  const number = tags[AUTO_SCALING_TAG]?.trim() ?? '';
  if (/^\d+$/.test(number)) {
    const executions = Number(number);
    if (executions < 1) return { skip: `tag ${AUTO_SCALING_TAG} is ${number}; 1 or more can be reserved` };
    return { executions, said: `tag ${AUTO_SCALING_TAG}`, isExplicit: true };
  }
  const functionClass = readClass(tags) ?? 'standard';
  if (functionClass === 'batch') return { skip: 'class batch: shares the unreserved executions', isWithdrawn: true };
  return {
    executions: functionClass === 'critical' ? settings.criticalConcurrency : settings.standardConcurrency,
    said: `class ${functionClass}`,
    isExplicit: false,
  };
}

const RANK: Readonly<Record<FunctionClass, number>> = { critical: 0, standard: 1, batch: 2 };

/** Place of a function's class among the classes: the less, the earlier it gets of what all share. */
export const reservationRank = (tags: Tags): number => RANK[readClass(tags) ?? 'standard'];

function inOrderOfClass(functions: readonly ReservableFunction[]): ReservableFunction[] {
  const rank = ({ tags }: ReservableFunction) => reservationRank(tags);
  return [...functions].sort((a, b) => rank(a) - rank(b) || (a.functionName < b.functionName ? -1 : 1));
}
