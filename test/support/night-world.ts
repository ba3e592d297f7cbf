import { decideOnPage, type PageDecision, readPage } from '../../sandbox/demos/night/approver.ts';
import { findViolations, type Sizes, sizesNow } from '../../sandbox/demos/night/invariants.ts';
import { type LedgerItem, readLedger } from '../../sandbox/demos/night/ledger-snapshot.ts';
import type { Report } from '../../sandbox/demos/night/run-night.ts';
import type { SynthesizedStack } from '../../sandbox/demos/night/synthesized-stack.ts';
import { createWorld, type World, type WorldOptions } from '../../sandbox/demos/night/world.ts';
import type { ExecutionDescription } from '../../sandbox/engine/index.ts';
import type { FleetFunction } from '../../sandbox/fleet/fleet-function.ts';
import { brokenEventPromises } from './bus-events.ts';
import { keptTemplate } from './kept-templates.ts';

/** Midnight before the first night; the schedule starts it at two. */
export const START_MS = Date.parse('2026-11-02T00:00:00Z');
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const FIRST_NIGHT_MS = START_MS + 2 * HOUR_MS;

const stacks = new Map<string, SynthesizedStack>();

/** Synthesis gives the same template each time, so a test file asks for it once. */
export function synthesized(configuration: Record<string, unknown>): SynthesizedStack {
  const key = JSON.stringify(configuration);
  const stack =
    stacks.get(key) ?? keptTemplate({ emails: ['approver@example.com'], ...configuration }, new Date(START_MS));
  stacks.set(key, stack);
  return stack;
}

let deployedConfiguration: string | undefined;

/** Handlers read their settings once, when a test file's first world loads them; another configuration needs a file. */
function keepToOne(configuration: Record<string, unknown>): void {
  deployedConfiguration ??= JSON.stringify(configuration);
  if (deployedConfiguration !== JSON.stringify(configuration))
    throw new Error('a test file deploys one configuration; its handlers would not see another');
}

/** Tests follow one change; the steps that an approval may cover have tests of their own. */
function askingAboutEveryStep({ policy, ...configuration }: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...configuration, policy: { consentDays: 0, ...(policy as object | undefined) } };
}

/** One entry of the report's `changed` or `settled`. */
export type Outcome = Report['changed'][number] & { reason: string; runId: string };

/** A world at the start of its first night, and what tests do in it and ask of it. */
export class NightWorld {
  readonly world: World;

  private constructor(world: World) {
    this.world = world;
  }

  static async create(options: Partial<WorldOptions> = {}): Promise<NightWorld> {
    const configuration = askingAboutEveryStep(options.configuration);
    keepToOne(configuration);
    const stack = synthesized(configuration);
    const world = await createWorld({ functions: 40, seed: 1, startMs: START_MS, stack, ...options });
    await world.clock.advanceTo(FIRST_NIGHT_MS);
    return new NightWorld(world);
  }

  get clock() {
    return this.world.clock;
  }

  get account() {
    return this.world.account;
  }

  get fleet() {
    return this.world.fleet;
  }

  get deployment() {
    return this.world.deployment;
  }

  dispose(): void {
    this.deployment.dispose();
    // Whoever was refused may have gone on without, so that nothing else would tell of a missing grant.
    expect([...this.account.iam.refusals]).toEqual([]);
    for (const { account } of this.world.spokes) expect([...account.iam.refusals]).toEqual([]);
    expect(brokenEventPromises(this.account)).toEqual([]);
  }

  /** Starts an execution with this input; by default as the scheduler would now. */
  async start(input: unknown = { scheduledTime: new Date(this.clock.now()).toISOString() }): Promise<string> {
    const { engine, stateMachineArn } = this.deployment;
    const started = await this.clock.complete(() =>
      engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }),
    );
    return started.executionArn;
  }

  /** Moves on to the start of the n-th night (the first is 0) and starts it. */
  async startNight(ordinal: number): Promise<string> {
    await this.clock.advanceTo(FIRST_NIGHT_MS + ordinal * DAY_MS);
    return this.start();
  }

  /** Goes on until another digest was sent. */
  async untilMail(): Promise<void> {
    const { inbox } = this.account.sns;
    const before = inbox.length;
    await this.clock.runUntilIdle(() => inbox.length > before);
  }

  /** Goes on until something is as a test waits for it. */
  async until(condition: () => boolean): Promise<void> {
    await this.clock.runUntilIdle(condition);
    if (!condition()) throw new Error('the world came to rest before what was waited for');
  }

  async end(executionArn: string): Promise<ExecutionDescription> {
    await this.clock.runUntilIdle(() => this.deployment.ended.has(executionArn));
    const ended = this.deployment.ended.get(executionArn);
    if (ended === undefined) throw new Error(`${executionArn} never ended`);
    return ended;
  }

  /** The report of an execution that must succeed. */
  async report(executionArn: string): Promise<Report> {
    const ended = await this.end(executionArn);
    if (ended.status !== 'SUCCEEDED') throw new Error(`${ended.status}: ${ended.error} ${ended.cause}`);
    return this.reportOf(ended);
  }

  reportOf(execution: { output?: unknown }): Report {
    const { reportKey } = JSON.parse(String(execution.output)) as { reportKey: string };
    return JSON.parse(this.account.s3.read(this.deployment.bucketName, reportKey)) as Report;
  }

  decide(decision: PageDecision): Promise<void> {
    return this.clock.complete(() => decideOnPage(this.world, decision));
  }

  /** The approval page as it is now. */
  page(query = ''): Promise<string> {
    return this.clock.complete(() => readPage(this.world, query));
  }

  /** How often a task was invoked so far. */
  invocations(task: string): number {
    return this.deployment.handlers.invocations.get(task) ?? 0;
  }

  ledger(): Promise<LedgerItem[]> {
    return readLedger(this.world);
  }

  /** Records whose sort key begins so, as the table holds them. */
  async records<Shape = Record<string, unknown>>(sortKeyPrefix: string): Promise<(Shape & LedgerItem)[]> {
    return (await this.ledger()).filter(({ sk }) => sk.startsWith(sortKeyPrefix)) as (Shape & LedgerItem)[];
  }

  /** Functions proposed so far, the busiest first. */
  async proposed(): Promise<FleetFunction[]> {
    const names = (await this.records<{ functionName: string }>('PROPOSAL#')).map((each) => each.functionName);
    const functions = [...new Set(names)].map((name) => this.fleet.get(name));
    return functions.toSorted((a, b) => b.traffic.invocationsPerHour - a.traffic.invocationsPerHour);
  }

  sizes(): Sizes {
    return sizesNow(this.world);
  }

  /** What must hold after a night that began with these sizes. */
  async violations(before: Sizes, report: Report): Promise<string[]> {
    return findViolations(this.world, { ledger: await this.ledger(), before, report });
  }

  /** How a function's change ended, in a report. */
  outcome(report: Report, functionName: string): Outcome | undefined {
    const all = [...report.changed, ...report.settled] as Outcome[];
    return all.find((each) => each.functionName === functionName);
  }
}

/** An error as Lambda's runtime or the network would raise it, by the name states retry. */
export const failure = (name: string, message = 'simulated'): Error => Object.assign(new Error(message), { name });
