import type { VirtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import type { Deployment } from '../../../sandbox/deployment/deploy.ts';
import type { FaultCount } from './fault-count.ts';
import type { FaultPlan } from './fault-plan.ts';

export interface DeliveryFaults {
  readonly clock: VirtualClock;
  readonly deployment: Deployment;
  readonly plan: FaultPlan;
  readonly count: FaultCount;
  isStormy(): boolean;
}

const CONSUMER = 'deliver-decision';

/** Streams and rules deliver at least once, and not always in order: both come again, late, and ahead of others. */
export function disturbDeliveries(faults: DeliveryFaults): void {
  disturbStream(faults);
  disturbRules(faults);
}

/**
 * A batch comes a second time, after newer ones; or its end comes before its beginning. What the stream takes for
 * done is decided by the delivery in order alone, as Lambda's checkpoint is.
 */
function disturbStream({ clock, deployment, plan, count, isStormy }: DeliveryFaults): void {
  const { handlers } = deployment;
  const invoke = handlers.invoke.bind(handlers);
  handlers.invoke = async (task, event, functionArn) => {
    if (task !== CONSUMER || !isStormy()) return invoke(task, event, functionArn);
    const { Records } = event as { Records: readonly unknown[] };
    const again = (records: readonly unknown[]) =>
      invoke(task, { Records: records }, functionArn).catch(() => undefined);
    if (Records.length > 1 && plan.strays()) {
      count.struck('outOfOrderDelivery');
      await again(Records.toReversed());
    }
    if (plan.strays()) {
      count.struck('duplicateDelivery');
      clock.schedule(clock.now() + plan.delayMs(), () => again(Records));
    }
    return invoke(task, event, functionArn);
  };
}

/** An alarm's event starts a second execution, or is overtaken by those after it. */
function disturbRules({ clock, deployment, plan, count, isStormy }: DeliveryFaults): void {
  const { engine } = deployment;
  const start = engine.startExecution.bind(engine);
  engine.startExecution = async (request) => {
    if (!request.name?.startsWith('alarm-') || !isStormy()) return start(request);
    if (plan.strays()) {
      count.struck('duplicateDelivery');
      clock.schedule(clock.now() + plan.delayMs(), () => start({ ...request, name: `${request.name}-again` }));
    }
    if (plan.strays()) {
      count.struck('outOfOrderDelivery');
      await clock.sleep(plan.delayMs());
    }
    return start(request);
  };
}
