import { configureAlarmsOutputSchema, parseConfigureAlarmsInput } from '../../shared/contracts/alarms.ts';
import {
  configureAutoScalingOutputSchema,
  parseConfigureAutoScalingInput,
} from '../../shared/contracts/auto-scaling.ts';
import {
  applyColdStartMitigationOutputSchema,
  parseApplyColdStartMitigationInput,
} from '../../shared/contracts/cold-start.ts';
import { parseContract } from '../../shared/contracts/parse.ts';
import type { ResourceName } from '../clients/stack-resources.ts';
import { alarmsReport, type ConfigurationReport, settingsReport } from './report.ts';

export type Step = 'plan' | 'apply' | 'undo';

/** Options that only one of the subjects knows. */
export interface SubjectOptions {
  email?: string;
  mode?: string;
}

/** What can be configured: its state machine, what each step is called there, and how its answer reads. */
export interface Subject {
  readonly machine: ResourceName;
  readonly takes: readonly (keyof SubjectOptions)[];
  readonly actions: Readonly<Record<Step, string>>;
  /** Checked as the task will check it, so that mistakes cost no execution. */
  parseInput(input: object): object;
  read(output: unknown): ConfigurationReport;
}

export const SUBJECTS: Readonly<Record<string, Subject>> = {
  alarms: {
    machine: 'configureAlarms',
    takes: ['email'],
    actions: { plan: 'plan', apply: 'setup', undo: 'remove' },
    parseInput: parseConfigureAlarmsInput,
    read: (output) => alarmsReport(parseContract('answer', configureAlarmsOutputSchema, output)),
  },
  'auto-scaling': {
    machine: 'configureAutoScaling',
    takes: [],
    actions: { plan: 'plan', apply: 'configure', undo: 'undo' },
    parseInput: parseConfigureAutoScalingInput,
    read: (output) => settingsReport(parseContract('answer', configureAutoScalingOutputSchema, output)),
  },
  'cold-start': {
    machine: 'applyColdStartMitigation',
    takes: ['mode'],
    actions: { plan: 'plan', apply: 'applyAll', undo: 'undo' },
    parseInput: parseApplyColdStartMitigationInput,
    read: (output) => settingsReport(parseContract('answer', applyColdStartMitigationOutputSchema, output)),
  },
};
