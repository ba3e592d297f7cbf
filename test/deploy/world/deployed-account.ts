import type { Server } from 'node:http';
import { VirtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import type { ExecutionDescription, StepFunctionsEngine } from '../../../sandbox/engine/index.ts';
import { letEmulatorOnlyCarry, startedByRules } from './bus.ts';
import { serveComputeOptimizer } from './compute-optimizer.ts';
import { engineOverDeployed, type Invocations } from './deployed-engine.ts';
import { type Emulator, environmentOf, startEmulator } from './emulator.ts';
import { LedClock } from './led-clock.ts';
import { eventually } from './mailbox.ts';
import { serveStates } from './states-endpoint.ts';

/** How far an engine's clock is led at once while it is not known what comes next; no wait of a state is shorter. */
const STRETCH_MS = 60_000;

/** An emulated account with the stack in it, this process's engine, and one time for all of them. */
export class DeployedAccount {
  readonly folder: string;
  readonly led: LedClock;
  readonly clock: VirtualClock;
  readonly emulator: Emulator;
  readonly invocations: Invocations = new Map();
  /** Most memory used, by function ARN, as Compute Optimizer tells it. */
  readonly maxMemoryUsedMb: Map<string, number>;
  private readonly ended = new Map<string, ExecutionDescription>();
  private readonly carriedOut = new Set<string>();
  private readonly servers: Server[];
  private current: StepFunctionsEngine | undefined;

  private constructor(folder: string, led: LedClock, emulator: Emulator, clock: VirtualClock, parts: Parts) {
    this.folder = folder;
    this.led = led;
    this.emulator = emulator;
    this.clock = clock;
    this.maxMemoryUsedMb = parts.maxMemoryUsedMb;
    this.servers = parts.servers;
    parts.engineOf.ask = () => this.engine;
  }

  /** Starts the emulator at a time ahead of the machine's, and leads this process's clients to it. */
  static async open(folder: string, aheadMs: number): Promise<DeployedAccount> {
    const led = new LedClock(folder);
    const clock = new VirtualClock(Date.now() + aheadMs);
    const engineOf: Parts['engineOf'] = { ask: () => undefined };
    const maxMemoryUsedMb = new Map<string, number>();
    const states = await serveStates(() => engineOf.ask()!);
    const optimizer = await serveComputeOptimizer(() => maxMemoryUsedMb);
    const emulator = await startEmulator(folder, {
      ...led.environment(),
      AWS_ENDPOINT_URL_SFN: states.url,
      AWS_ENDPOINT_URL_COMPUTE_OPTIMIZER: optimizer.url,
    });
    Object.assign(process.env, environmentOf(emulator.url));
    const parts = { maxMemoryUsedMb, servers: [states.server, optimizer.server], engineOf };
    return new DeployedAccount(folder, led, emulator, clock, parts);
  }

  get engine(): StepFunctionsEngine {
    if (this.current === undefined) throw new Error('the stack is not deployed yet');
    return this.current;
  }

  /** Takes the deployed state machines over; answers how many. */
  async takeOverStates(): Promise<number> {
    const { clock, led, invocations, ended } = this;
    const { engine, stateMachines } = await engineOverDeployed({
      ...{ clock, led, invocations },
      onEnd: (execution) => void ended.set(execution.executionArn, execution),
    });
    this.current = engine;
    await letEmulatorOnlyCarry();
    return stateMachines;
  }

  /** Lets time pass for everybody. */
  async pass(ms: number): Promise<void> {
    await this.clock.advanceTo(this.clock.now() + ms);
    this.led.leadTo(this.clock.now());
  }

  /** Lets time pass, a minute at a time, until something is so. */
  async passUntil<T>(what: string, withinMs: number, ask: () => Promise<T | undefined>): Promise<T> {
    const deadlineMs = this.clock.now() + withinMs;
    while (this.clock.now() < deadlineMs) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      await this.pass(STRETCH_MS);
    }
    throw new Error(`${what}: not within ${withinMs / 60_000} minutes`);
  }

  async start(stateMachineArn: string, name: string, input: string): Promise<string> {
    const { executionArn } = await this.engine.startExecution({ stateMachineArn, name, input });
    return executionArn;
  }

  /** Runs an execution to its end, however long it waits. @throws Error where it does not succeed */
  async finish(executionArn: string): Promise<ExecutionDescription> {
    await this.clock.runUntilIdle(() => this.ended.has(executionArn));
    this.led.leadTo(this.clock.now());
    const ended = await this.engine.describeExecution({ executionArn });
    if (ended.status !== 'SUCCEEDED') throw new Error(`${executionArn} ${ended.status}: ${ended.error} ${ended.cause}`);
    return ended;
  }

  /** The next execution that a rule starts in the emulator after an event, carried out here to its end. */
  async finishStartedByRule(stateMachineArn: string): Promise<ExecutionDescription> {
    const started = await eventually(`a rule starts ${stateMachineArn}`, async () =>
      (await startedByRules(stateMachineArn)).find(({ name }) => !this.carriedOut.has(name)),
    );
    this.carriedOut.add(started.name);
    return this.finish(await this.start(stateMachineArn, started.name, started.input));
  }

  close(): void {
    this.emulator.stop();
    for (const server of this.servers) server.close();
  }
}

interface Parts {
  maxMemoryUsedMb: Map<string, number>;
  servers: Server[];
  /** The endpoint is open before there is an engine behind it: the emulator is started with its address. */
  engineOf: { ask: () => StepFunctionsEngine | undefined };
}
