import type { AnyTaskName } from '../../shared/constants.ts';

/**
 * Memory of each task's function, MB: what our own model recommends for what was measured of it in an account of 10,000
 * functions (`npm run -s bench:own-memory`, ADR 0036). test/synth/own-memory.test.ts fails when one of them is changed by
 * hand and OVERRULED does not say why.
 */
export const TASK_MEMORY_MB: Readonly<Record<AnyTaskName, number>> = {
  'start-run': 256,
  'list-open-changes': 256,
  'discover-functions': 512,
  'collect-memory-evidence': 512,
  'collect-metrics': 512,
  analyze: 512,
  'estimate-savings': 256,
  'prepare-approvals': 512,
  'request-approval': 256,
  'expire-proposal': 256,
  'apply-change': 256,
  'verify-change': 256,
  'finish-shift': 256,
  'roll-back-change': 256,
  'record-outcome': 256,
  'summarize-run': 512,
  'fail-run': 256,
  'serve-page': 512,
  'deliver-decision': 256,
  'configure-alarms': 512,
  'classify-alarm': 512,
  remediate: 512,
  'verify-alarm-cleared': 512,
  'record-remediation': 512,
  'configure-auto-scaling': 512,
  'apply-cold-start-mitigation': 512,
  'warm-up': 512,
  operate: 512,
};

/** Why a task's size is not what our own model recommends, or why it was not asked. */
export const OVERRULED: Readonly<Partial<Record<AnyTaskName, string>>> = {};
