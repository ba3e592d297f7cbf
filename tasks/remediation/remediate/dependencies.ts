import type { AlarmStore } from '../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import type { Concurrency } from '../../../shared/clients/concurrency/concurrency.ts';
import type { TableCapacity } from '../../../shared/clients/dynamodb-capacity/table-capacity.ts';
import type { RestoreDependencies } from '../../../shared/clients/lambda/restore-change.ts';
import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import type { RemediationLedger } from '../../../shared/clients/ledger/remediations.ts';
import type { OnDemandRuns } from '../../../shared/clients/on-demand-runs.ts';
import type { AlarmSettings } from '../../../shared/contracts/alarms.ts';
import type { RemediationSettings } from '../../../shared/contracts/remediation-settings.ts';
import type { AskFirst } from './ask-first.ts';

export interface RemediateDependencies extends RestoreDependencies, AskFirst {
  settings: RemediationSettings;
  alarmSettings: AlarmSettings;
  alarmTopicArn: string;
  remediations: RemediationLedger;
  ledger: Pick<Ledger, 'getFunctions' | 'claim' | 'close' | 'getChange' | 'updateChange' | 'takeTurn'> &
    AskFirst['ledger'];
  concurrency: Concurrency;
  tables: TableCapacity;
  alarms: Pick<AlarmStore, 'listByName' | 'put'>;
  runs: OnDemandRuns;
}

/** What became of a write; `reason` says it in words for the mail. */
export interface Performed {
  done: boolean;
  reason: string;
}

export const done = (reason: string): Performed => ({ done: true, reason });
export const refused = (reason: string): Performed => ({ done: false, reason });
