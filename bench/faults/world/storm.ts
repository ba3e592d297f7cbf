import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import type { VirtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import type { Deployment } from '../../../sandbox/deployment/deploy.ts';
import { useClock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { disturbDeliveries } from '../seam/deliveries.ts';
import { FaultCount } from '../seam/fault-count.ts';
import type { FaultPlan } from '../seam/fault-plan.ts';
import { faultySeam } from '../seam/faulty-seam.ts';
import { Invocation, Invocations } from '../seam/invocations.ts';
import { EffectLog } from './effect-log.ts';
import { loadFreshHandlers, refillRetries } from './fresh-handlers.ts';

export interface Stage {
  readonly clock: VirtualClock;
  readonly account: SandboxAccount;
  readonly deployment: Deployment;
}

/** Everything that goes wrong in a deployed product, until it is over. */
export class Storm {
  readonly count = new FaultCount();
  readonly effects: EffectLog;
  readonly plan: FaultPlan;
  private readonly restoreClock: () => void;
  private isOver = false;

  private constructor(stage: Stage, plan: FaultPlan) {
    const { clock, account, deployment } = stage;
    this.plan = plan;
    const invocations = new Invocations();
    this.effects = new EffectLog(account, () => invocations.currentRunId());
    const isStormy = () => !this.isOver;
    const { handlers } = deployment;
    const { count, effects } = this;
    account.around = faultySeam({ account, plan, invocations, effects, count, isStormy });
    const actAs = handlers.actAs;
    handlers.actAs = (task, work) =>
      invocations.run(new Invocation(task, isStormy() ? plan.fate() : {}), () => actAs(task, work));
    const run = handlers.run.bind(handlers);
    handlers.run = (task, event, functionArn) => invocations.about(event, () => run(task, event, functionArn));
    disturbDeliveries({ clock, deployment, plan, count, isStormy });
    this.restoreClock = useClock({
      now: () => clock.now() + (invocations.current()?.skewMs ?? 0),
      sleep: (ms) => clock.sleep(ms),
    });
  }

  /** @param signsIn whether approvers must sign in at an issuer; else the link is enough */
  static async over(stage: Stage, plan: FaultPlan, signsIn = false): Promise<Storm> {
    if (!signsIn) delete process.env[Env.signInSettings];
    await loadFreshHandlers(stage.deployment.handlers);
    await refillRetries();
    return new Storm(stage, plan);
  }

  /** From now on nothing is disturbed any more; what was killed stays dead. */
  calm(): void {
    this.isOver = true;
  }

  get isRaging(): boolean {
    return !this.isOver;
  }

  /** And on it goes. */
  rise(): void {
    this.isOver = false;
  }

  dispose(): void {
    this.restoreClock();
  }
}
