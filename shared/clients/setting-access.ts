import type { SettingValue } from '../domain/configuration/scaling/managed-setting.ts';
import { createScalableTargets } from './application-auto-scaling/scalable-targets.ts';
import type { ScalingTarget } from './application-auto-scaling/scaling-target.ts';
import { createConcurrency } from './concurrency/concurrency.ts';
import { type Pace, UNPACED } from './pace.ts';
import { createProvisionedConcurrencies } from './provisioned-concurrency/provisioned-concurrency.ts';
import type { SettingWrite } from './refused-write.ts';
import type { WarmUpSchedules } from './schedules/warm-up-schedules.ts';

/** One setting of one resource, whatever API keeps it. */
export interface SettingAccess {
  read(): Promise<SettingValue | undefined>;
  write(value: SettingValue): Promise<SettingWrite>;
  remove(): Promise<SettingWrite>;
}

/** Finds a setting by its key. */
export type SettingAccesses = (key: string) => SettingAccess;

const RESERVATION = /^function\/([^/]+)\/reserved-concurrency$/;
const SCALING = /^(.+)\/(read|write|provisioned)\/(limits|policy)$/;
const PROVISIONED = /^function\/([^/]+)\/provisioned-concurrency:(.+)$/;
const WARM_UP = /^function\/([^/]+)\/warm-up$/;

/** Settings of ConfigureAutoScaling. */
export function createScalingAccesses(pace: Pace = UNPACED): SettingAccesses {
  const concurrency = createConcurrency(pace);
  const targets = createScalableTargets();
  return (key) => {
    const reserved = RESERVATION.exec(key)?.[1];
    if (reserved !== undefined) {
      return {
        read: async () => {
          const executions = await concurrency.readReserved(reserved);
          return executions === undefined ? undefined : { executions };
        },
        write: ({ executions }) => concurrency.writeReserved(reserved, Number(executions)),
        remove: () => concurrency.removeReserved(reserved),
      };
    }
    const scaling = SCALING.exec(key);
    if (scaling === null) throw unknownKey(key);
    const target: ScalingTarget = { resourceId: scaling[1]!, dimension: scaling[2] as ScalingTarget['dimension'] };
    return scaling[3] === 'limits'
      ? {
          read: () => targets.readLimits(target),
          write: (value) => targets.writeLimits(target, value),
          remove: () => targets.removeLimits(target),
        }
      : {
          read: () => targets.readPolicy(target),
          write: (value) => targets.writePolicy(target, value),
          remove: () => targets.removePolicy(target),
        };
  };
}

/** Settings of ApplyColdStartMitigation. */
export function createColdStartAccesses(schedules: WarmUpSchedules, pace: Pace = UNPACED): SettingAccesses {
  const provisioned = createProvisionedConcurrencies(pace);
  return (key) => {
    const warmed = WARM_UP.exec(key)?.[1];
    if (warmed !== undefined) {
      return {
        read: () => schedules.read(warmed),
        write: (value) => schedules.write(warmed, value),
        remove: () => schedules.remove(warmed),
      };
    }
    const [, functionName, qualifier] = PROVISIONED.exec(key) ?? [];
    if (functionName === undefined || qualifier === undefined) throw unknownKey(key);
    return {
      read: () => provisioned.read(functionName, qualifier),
      write: (value) => provisioned.write(functionName, qualifier, value),
      remove: () => provisioned.remove(functionName, qualifier),
    };
  };
}

const unknownKey = (key: string): RangeError => new RangeError(`no setting has the key ${JSON.stringify(key)}`);
