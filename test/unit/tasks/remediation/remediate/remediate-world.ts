import '../../../../support/quiet.ts';
import type { RemediationAction } from '../../../../../shared/contracts/remediation.ts';
import { DEFAULT_REMEDIATION_SETTINGS } from '../../../../../shared/domain/remediation/policy.ts';
import type { RemediateDependencies } from '../../../../../tasks/remediation/remediate/dependencies.ts';
import { remediate } from '../../../../../tasks/remediation/remediate/remediate.ts';
import { alarmSettings } from '../../../../support/alarm-settings.ts';
import { type FakeLambda, fakeLambda } from '../../../../support/fake-lambda.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';
import { classified, memoryRemediations, NOW_MS, raiseMemory } from '../../../../support/remediation.ts';

export const EXECUTION = { arn: 'arn:aws:states:us-east-1:123456789012:execution:remediation:one', name: 'one' };
export const APPROVAL = { arn: 'arn:aws:states:us-east-1:123456789012:execution:remediation:two', name: 'two' };
export const ANOTHER_APPROVAL = {
  arn: 'arn:aws:states:us-east-1:123456789012:execution:remediation:three',
  name: 'three',
};

/** A remediation's dependencies in memory, and the three ways in which executions call it. */
export function world(lambda: FakeLambda = fakeLambda(), overrides: Partial<RemediateDependencies> = {}) {
  const ledger = memoryLedger();
  const remediations = memoryRemediations(ledger.contents);
  const live = { reserved: 10 as number | undefined, provisioned: 8, readUnits: 100, writeUnits: 40, maximum: 40 };
  const started: string[] = [];
  const put: string[] = [];
  const mails: string[] = [];
  let nowMs = NOW_MS;
  const dependencies: RemediateDependencies = {
    settings: DEFAULT_REMEDIATION_SETTINGS,
    alarmSettings: alarmSettings(),
    alarmTopicArn: 'topic',
    remediations,
    ledger,
    configurations: lambda,
    clock: {
      now: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms;
      },
    },
    concurrency: {
      readAccount: async () => ({ concurrency: 1_000, unreserved: 900 }),
      readReserved: async () => live.reserved,
      writeReserved: async (_, executions) => {
        live.reserved = executions;
        return { written: true };
      },
      removeReserved: async () => ({ written: true }),
      readProvisioned: async () => live.provisioned,
      writeProvisioned: async (_, __, executions) => {
        live.provisioned = executions;
        return { written: true };
      },
    },
    tables: {
      read: async () => ({
        billingMode: 'PROVISIONED',
        status: 'ACTIVE',
        readUnits: live.readUnits,
        writeUnits: live.writeUnits,
        writeScaling: { minimum: 1, maximum: live.maximum },
      }),
      writeUnits: async (_, units) => {
        Object.assign(live, units);
        return { written: true };
      },
      writeMaximum: async (_, __, maximum) => {
        live.maximum = maximum;
        return { written: true };
      },
    },
    alarms: {
      listByName: async ([name]) => [{ name: name!, settings: '' }],
      put: async ([alarm]) => put.push(`${alarm!.name} ${alarm!.threshold}`),
    },
    topic: {
      publish: async ({ subject, message }) => {
        mails.push(`${subject}\n${message}`);
        return 'message';
      },
    },
    approvalBaseUrl: 'https://page',
    timeZone: 'UTC',
    randomBytes: (size) => new Uint8Array(size).fill(7),
    runs: {
      start: async (name, functionNames) => {
        started.push(`${name} ${functionNames}`);
        return name;
      },
    },
    ...overrides,
  };
  const act = (action: RemediationAction = raiseMemory, remediationId = 'event-1', execution = EXECUTION) =>
    remediate({ classified: classified({ action, remediationId }), execution }, dependencies);
  const request = (action: 'approve' | 'undo', remediationId = 'event-1', execution = APPROVAL) =>
    remediate({ request: { action, remediationId }, execution }, dependencies);
  return {
    lambda,
    ledger,
    remediations,
    live,
    started,
    put,
    mails,
    dependencies,
    act,
    request,
    pass: (ms: number) => (nowMs += ms),
  };
}
