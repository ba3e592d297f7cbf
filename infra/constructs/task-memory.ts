import type { AnyTaskName } from '../../shared/constants.ts';

/**
 * Memory of each task's function, MB: what our own model recommends for what was measured of it in an account of 10,000
 * functions (`npm run -s bench:own-memory`, ADR 0036). test/synth/own-memory.test.ts fails when one of them is changed by
 * hand and OVERRULED does not say why.
 */
export const TASK_MEMORY_MB: Readonly<Record<AnyTaskName, number>> = {
  'start-run': 384,
  'list-open-changes': 384,
  'discover-functions': 320,
  'collect-memory-evidence': 320,
  'collect-metrics': 384,
  analyze: 704,
  'estimate-savings': 448,
  'prepare-approvals': 576,
  'request-approval': 256,
  'expire-proposal': 256,
  'apply-change': 160,
  'verify-change': 256,
  'finish-shift': 256,
  'roll-back-change': 192,
  'record-outcome': 256,
  'summarize-run': 576,
  'fail-run': 256,
  'serve-page': 1152,
  'deliver-decision': 256,
  'configure-alarms': 512,
  'classify-alarm': 448,
  remediate: 384,
  'verify-alarm-cleared': 384,
  'record-remediation': 448,
  'configure-auto-scaling': 320,
  'apply-cold-start-mitigation': 320,
  'warm-up': 448,
  operate: 320,
};

/** Why a task's size is not what our own model recommends, or why it was not asked. */
export const OVERRULED: Readonly<Partial<Record<AnyTaskName, string>>> = {};
