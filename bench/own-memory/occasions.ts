import { SCENARIOS } from '../../sandbox/demos/remediation/scenarios.ts';
import { ACCOUNT_TASKS, ALARM_TASKS, TASKS } from '../../shared/constants.ts';
import { CALLS, recordCalls } from './record-calls.ts';
import { NIGHTS, recordConfiguration, recordNights, recordRemediations } from './record-worlds.ts';
import type { Recorder } from './recorder.ts';

/** When tasks are called, and how often. */
export interface Occasion {
  readonly name: string;
  /** Those whose invocations are taken from it. */
  readonly tasks: readonly string[];
  /** Times that it is in one recording. */
  readonly times: number;
  /** A night is every night; the others are assumed. */
  readonly timesPerMonth: number;
  record(functions: number): Promise<Recorder>;
}

/** Called from outside any workflow. */
const CALLED: readonly string[] = ['operate', 'warm-up'];
const CONFIGURING = ['configure-alarms', ...ACCOUNT_TASKS].filter((task) => !CALLED.includes(task));

export const OCCASIONS: readonly Occasion[] = [
  { name: 'night', tasks: TASKS, times: NIGHTS, timesPerMonth: 30, record: recordNights },
  {
    name: 'remediation',
    tasks: ALARM_TASKS.filter((task) => !CONFIGURING.includes(task)),
    times: SCENARIOS.length,
    timesPerMonth: 30,
    record: recordRemediations,
  },
  { name: 'configuration', tasks: CONFIGURING, times: 1, timesPerMonth: 4, record: recordConfiguration },
  { name: 'operator-calls', tasks: ['operate'], times: CALLS, timesPerMonth: 30, record: recordCalls },
  // One function kept warm, every five minutes: its caller stays warm as well, but for once in a while.
  { name: 'warm-up-calls', tasks: ['warm-up'], times: 1, timesPerMonth: 8_640 / CALLS, record: recordCalls },
];
