import { AsyncLocalStorage } from 'node:async_hooks';

/** How Step Functions calls it when a task was killed, or when nobody knows whether it was. */
const DEATHS = [
  'Lambda.SdkClientException',
  'Lambda.ServiceException',
  'Sandbox.Timedout',
  'Runtime.ExitError',
] as const;

export interface Fate {
  /** The call, from 1, around which the task is killed, and whether that call still takes effect. */
  readonly dies?: { readonly atCall: number; readonly afterEffect: boolean; readonly by: number };
  /** The call, from 1, at which the clock of its host jumps. */
  readonly jumps?: { readonly atCall: number; readonly byMs: number };
}

/** One invocation of a task, as far as it can be killed or have its clock led astray. */
export class Invocation {
  readonly task: string;
  readonly death: Promise<never>;
  skewMs = 0;
  private readonly fate: Fate;
  private calls = 0;
  private isDead = false;
  private die: (error: Error) => void = () => {};

  constructor(task: string, fate: Fate) {
    this.task = task;
    this.fate = fate;
    this.death = new Promise<never>((_, reject) => {
      this.die = reject;
    });
    this.death.catch(() => undefined);
  }

  /** Before a call leaves: the clock may jump, and the process may be gone. Answers the kinds that struck. */
  async leave(): Promise<('clockJump' | 'crash')[]> {
    await this.goneWhereDead();
    this.calls += 1;
    const { dies, jumps } = this.fate;
    const jumped = jumps?.atCall === this.calls;
    if (jumped) this.skewMs += jumps.byMs;
    if (dies?.atCall === this.calls && !dies.afterEffect) this.kill();
    return [...(jumped ? (['clockJump'] as const) : []), ...(this.isDead ? (['crash'] as const) : [])];
  }

  /** After a call came back; answers whether the process is gone by then. */
  comeBack(): boolean {
    const { dies } = this.fate;
    if (!this.isDead && dies?.afterEffect === true && dies.atCall === this.calls) this.kill();
    return this.isDead;
  }

  /** Whoever is dead never hears of anything again. */
  async goneWhereDead(): Promise<void> {
    if (this.isDead) await new Promise<never>(() => {});
  }

  /** Where in the task it was killed. */
  get place(): number {
    return this.calls;
  }

  private kill(): void {
    this.isDead = true;
    const name = DEATHS[(this.fate.dies?.by ?? 0) % DEATHS.length]!;
    this.die(Object.assign(new Error('the process ended (injected)'), { name }));
  }
}

/** Which invocation a call belongs to, and which run that is about; calls of nobody are the bench's own. */
export class Invocations {
  private readonly store = new AsyncLocalStorage<Invocation>();
  private readonly runs = new AsyncLocalStorage<string | undefined>();

  current(): Invocation | undefined {
    return this.store.getStore();
  }

  /** The run whose change the task was called about. */
  currentRunId(): string | undefined {
    return this.runs.getStore();
  }

  about<T>(event: unknown, work: () => T): T {
    const { runId } = (event ?? {}) as { runId?: unknown };
    return this.runs.run(typeof runId === 'string' ? runId : undefined, work);
  }

  /** Runs a task's work as an invocation that may end before the work does. */
  run<T>(invocation: Invocation, work: () => T): T {
    // Handlers answer promises, which is all that is raced here.
    return Promise.race([this.store.run(invocation, work), invocation.death]) as T;
  }
}
