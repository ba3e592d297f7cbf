import { SIMULATION_START_MS } from './simulation.ts';
import { synthesizeWithAlarms } from './template.ts';

/** The demo's stage: everything as by default, with one application service. */
export const synthesizeDemo = (remediation: Record<string, unknown> = {}, rightsizer: Record<string, unknown> = {}) =>
  synthesizeWithAlarms(new Date(SIMULATION_START_MS), {
    alarms: { services: ['campus'] },
    remediation,
    ...rightsizer,
  });
