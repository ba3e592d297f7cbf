import { SIMULATION_START_MS } from '../../../sandbox/demos/remediation/simulation.ts';
import { type RemediationTemplate, synthesizeWithAlarms } from '../../../sandbox/demos/remediation/template.ts';

export const HTML_SENDER = 'rightsizer@example.com';

let stack: RemediationTemplate | undefined;

/** One stage with everything that the product has, synthesized once a process. */
export function productStack(): RemediationTemplate {
  stack ??= synthesizeWithAlarms(new Date(SIMULATION_START_MS), {
    alarms: { services: ['campus'] },
    htmlDigest: { from: HTML_SENDER, to: ['reader@example.com'] },
  });
  return stack;
}
