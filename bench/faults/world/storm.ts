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
import type { PlaceTroubles } from '../seam/place-troubles.ts';
import { EffectLog } from './effect-log.ts';
import { loadFreshHandlers, refillRetries, releaseSessions } from './fresh-handlers.ts';

export interface Stage {
  readonly clock: VirtualClock;
  readonly account: SandboxAccount;
  readonly deployment: Deployment;
  /** Other accounts and regions that are looked after. @default - there are none */
  readonly spokes?: readonly { readonly account: SandboxAccount }[];
}

export interface StormOptions {
  /** Whether approvers must sign in at an issuer; else the link is enough. @default false */
  readonly signsIn?: boolean;
  /** What is the matter in other accounts and regions. @default - there are none */
  readonly troubles?: PlaceTroubles | undefined;
}

/** Everything that goes wrong in a deployed product, until it is over. */
export class Storm {
  readonly count = new FaultCount();
  readonly effects: EffectLog;
  readonly plan: FaultPlan;
  /** Every session that STS gave. */
  readonly sessionTokens = new Set<string>();
  private readonly restoreClock: () => void;
  private isOver = false;

  private constructor(stage: Stage, plan: FaultPlan, troubles: PlaceTroubles | undefined) {
    const { clock, account, deployment, spokes = [] } = stage;
    this.plan = plan;
    const invocations = new Invocations();
    const elsewhere = spokes.map((spoke) => spoke.account);
    this.effects = new EffectLog(account, elsewhere, () => invocations.currentRunId());
    const isStormy = () => !this.isOver;
    const { handlers } = deployment;
    const { count, effects, sessionTokens } = this;
    const abroad = troubles && { troubles, sessionTokens };
    account.around = faultySeam({ account, plan, invocations, effects, count, abroad, isStormy });
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

  static async over(stage: Stage, plan: FaultPlan, { signsIn = false, troubles }: StormOptions = {}): Promise<Storm> {
    if (!signsIn) delete process.env[Env.signInSettings];
    if (troubles === undefined) delete process.env[Env.organization];
    await loadFreshHandlers(stage.deployment.handlers);
    await refillRetries();
    return new Storm(stage, plan, troubles);
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
    releaseSessions();
  }
}
