import type { AlarmThresholds } from '../../contracts/alarms.ts';
import type { RemediationSettings } from '../../contracts/remediation-settings.ts';
import { moreConcurrency } from './diagnose-function.ts';
import { type Diagnosis, notify } from './diagnosis.ts';
import type { FunctionEvidence } from './evidence.ts';

export interface QueueCase {
  queueName: string;
  /** The function that reads the queue; undefined where none does. */
  consumer: FunctionEvidence | undefined;
  settings: RemediationSettings;
  thresholds: AlarmThresholds;
}

/** Why messages wait: nobody reads them, the reader fails, or there are too few readers at once. */
export function diagnoseQueue({ queueName, consumer, settings, thresholds }: QueueCase): Diagnosis {
  const queue = { kind: 'queue', name: queueName } as const;
  if (consumer === undefined) return notify(queue, 'ResourceGone', 'no function reads the queue any more');
  if (consumer.live === undefined)
    return notify(queue, 'ResourceGone', `its reader ${consumer.functionName} was deleted`);
  if (consumer.untouchable !== undefined) return notify(queue, 'NotTouchable', consumer.untouchable);
  const { invocations, errors } = consumer.recent;
  const percent = invocations === 0 ? 0 : (100 * errors) / invocations;
  if (percent > thresholds.errorRatePercent)
    return notify(
      queue,
      'ConsumerFailing',
      `${percent.toFixed(1)} % of ${consumer.functionName}’s invocations fail; more of them would fail more`,
    );
  if (consumer.live.reservedConcurrentExecutions === 0)
    return notify(queue, 'NotTouchable', `somebody switched ${consumer.functionName} off (reserved concurrency 0)`);
  if (consumer.live.reservedConcurrentExecutions === undefined)
    return notify(
      queue,
      'ConsumerTooSlow',
      `${consumer.functionName} has no reservation that held it back; each invocation is too slow, or the event source’s own maximum concurrency holds it`,
    );
  return moreConcurrency({ evidence: consumer, settings }, 'ConsumerTooSlow');
}
