import { followLink, linkInNewestDigest } from '../../../sandbox/demos/night/approver.ts';
import { sizesNow } from '../../../sandbox/demos/night/invariants.ts';
import { readLedger } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import { createWorld, type World } from '../../../sandbox/demos/night/world.ts';
import { STACK_NAME } from '../../../sandbox/demos/remediation/template.ts';
import { SeededStream } from '../../../sandbox/fleet/noise.ts';
import type { FaultPlan } from '../seam/fault-plan.ts';
import type { Consent, Evidence, NightEnd, ReportLines } from '../world/evidence.ts';
import { HTML_SENDER, productStack } from '../world/product-stack.ts';
import { Storm } from '../world/storm.ts';
import { StubbedIssuer } from '../world/stubbed-issuer.ts';
import { decide, linksIn } from './approver.ts';
import { addCallers, type NightVariant, nightFleet } from './night-fleet.ts';
import type { Played } from './scenario.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Two nights in which anything may go wrong, and one that tidies up. */
const STORMY_NIGHTS = 2;
const FIRST_NIGHT_MS = Date.parse('2026-11-02T02:00:00Z');
const MORNING_MS = 6 * HOUR_MS;
const VISITS = 6;

/** Nights over a small fleet, a person at the page each morning, and a last night in which everything is well. */
export async function playNights(
  variant: NightVariant,
  seed: number,
  plan: FaultPlan,
  sabotage?: (world: World) => void,
): Promise<Played> {
  const startMs = FIRST_NIGHT_MS - 2 * HOUR_MS;
  const fleet = nightFleet(variant, seed, startMs);
  const stack = { stackName: STACK_NAME, template: productStack().template };
  const world = await createWorld({ functions: 0, seed, startMs, fleet, stack });
  const signsIn = variant === 'signIn';
  const issuer = signsIn ? new StubbedIssuer(world.account) : undefined;
  const storm = await Storm.over(world, plan, signsIn);
  if (sabotage !== undefined) {
    storm.calm();
    sabotage(world);
  }
  try {
    return await new Nights(world, storm, variant, seed).play();
  } finally {
    issuer?.stop();
    storm.dispose();
    world.deployment.dispose();
  }
}

class Nights {
  private readonly world: World;
  private readonly storm: Storm;
  private readonly random: SeededStream;
  private readonly consents: Consent[] = [];
  private readonly ends: NightEnd[] = [];
  private readonly urls: string[] = [];
  private readonly signsIn: boolean;

  constructor(world: World, storm: Storm, variant: NightVariant, seed: number) {
    this.world = world;
    this.storm = storm;
    this.random = new SeededStream(seed, 'people');
    this.signsIn = variant === 'signIn';
    world.account.ses.verifyIdentity(HTML_SENDER);
    if (variant === 'called') addCallers(world.account, world.fleet);
  }

  async play(): Promise<Played> {
    const sizesAtStart = sizesNow(this.world);
    for (let night = 0; night <= STORMY_NIGHTS; night += 1) {
      if (night === STORMY_NIGHTS) this.storm.calm();
      await this.night(FIRST_NIGHT_MS + night * DAY_MS, night < STORMY_NIGHTS);
    }
    const { account } = this.world;
    const evidence: Evidence = {
      account,
      ledger: await readLedger(this.world),
      effects: this.storm.effects.effects,
      consents: this.consents,
      sizesAtStart,
      nights: this.ends,
      clocksJumped: this.storm.count.byKind.has('clockJump'),
      logLines: [],
      urls: [...linksIn(this.world), ...this.urls],
    };
    return { evidence, count: this.storm.count };
  }

  private async night(startMs: number, stormy: boolean): Promise<void> {
    const { clock, account, deployment } = this.world;
    await clock.advanceTo(Math.max(clock.now(), startMs));
    const functionNames = account.lambda.functions.all().map(({ name }) => name);
    const executions = [{ executionArn: await this.start(startMs, 'first'), nightMs: startMs }];
    if (stormy && this.storm.plan.strays()) executions.push(await this.deliverAgain(startMs));
    const hasEnded = () => executions.every(({ executionArn }) => deployment.ended.has(executionArn));
    const mails = account.sns.inbox.length;
    await clock.runUntilIdle(() => hasEnded() || account.sns.inbox.length > mails);
    if (account.sns.inbox.length > mails && !hasEnded()) await this.morning(startMs, stormy);
    await clock.runUntilIdle(hasEnded);
    for (const { executionArn, nightMs } of executions) this.conclude(executionArn, nightMs, { stormy, functionNames });
  }

  /** As the schedule would: it names the night, so that a second delivery is the same one. */
  private async start(nightMs: number, delivery: string): Promise<string> {
    const { clock, deployment } = this.world;
    const { engine, stateMachineArn } = deployment;
    const input = JSON.stringify({ scheduledTime: new Date(nightMs).toISOString() });
    const name = `${new Date(nightMs).toISOString().slice(0, 10)}-${delivery}`;
    return (await clock.complete(() => engine.startExecution({ stateMachineArn, name, input }))).executionArn;
  }

  /** The scheduler delivers the night twice, or only now, out of order, the night before. */
  private async deliverAgain(nightMs: number): Promise<{ executionArn: string; nightMs: number }> {
    const { clock } = this.world;
    const late = this.random.chance(0.3) && nightMs > FIRST_NIGHT_MS;
    this.storm.count.struck(late ? 'outOfOrderDelivery' : 'duplicateDelivery');
    await clock.advanceTo(clock.now() + this.storm.plan.delayMs());
    const named = late ? nightMs - DAY_MS : nightMs;
    return { executionArn: await this.start(named, late ? 'late' : 'second'), nightMs: named };
  }

  /** People decide about what the digest asked, most of it; owners go on with their own work. */
  private async morning(nightMs: number, stormy: boolean): Promise<void> {
    const { clock, fleet } = this.world;
    if (linkInNewestDigest(this.world) === undefined) return;
    await clock.advanceTo(Math.max(clock.now(), nightMs + MORNING_MS));
    if (this.signsIn) return this.visit();
    const open = (await readLedger(this.world)).filter(
      ({ sk, status }) => sk.startsWith('PROPOSAL#') && status === 'pending',
    );
    const names = open.map((item) => String(item['functionName'])).toSorted();
    const wishes = Map.groupBy(names, () =>
      this.random.weighted([
        ['approved', 7],
        ['rejected', 1],
        ['nothing', 1],
      ] as const),
    );
    const approved = wishes.get('approved') ?? [];
    if (stormy && approved.length > 0 && this.random.chance(0.4))
      fleet.regress(approved[0]!, clock.now() + HOUR_MS / 6, 4);
    if (stormy && names.length > 1 && this.random.chance(0.3)) fleet.deploy(names.at(-1)!, clock.now() + 1);
    this.consents.push(...(await decide(this.world, 'approved', approved)));
    this.consents.push(...(await decide(this.world, 'rejected', wishes.get('rejected') ?? [])));
  }

  /** Where people must sign in, somebody follows the link as far as the issuer, again and again. */
  private async visit(): Promise<void> {
    const { clock } = this.world;
    const link = linkInNewestDigest(this.world)!;
    for (let time = 0; time < VISITS; time += 1) {
      await clock.advanceTo(clock.now() + HOUR_MS / 2);
      const answer = await clock.complete(() => followLink(this.world, link).catch(() => undefined));
      const { Location, location = Location } = answer?.headers ?? {};
      if (location !== undefined) this.urls.push(String(location));
    }
  }

  private conclude(
    executionArn: string,
    nightMs: number,
    { stormy, functionNames }: { stormy: boolean; functionNames: string[] },
  ): void {
    const { account, deployment } = this.world;
    const { status = 'RUNNING', error, cause, output } = deployment.ended.get(executionArn) ?? {};
    const summary =
      status === 'SUCCEEDED' ? (JSON.parse(String(output)) as { reportKey?: string; proceed?: boolean }) : {};
    // A second delivery that found the night done has nothing to report.
    if (summary.proceed === false) return;
    const { reportKey } = summary;
    const report =
      reportKey === undefined
        ? undefined
        : (JSON.parse(account.s3.read(deployment.bucketName, reportKey)) as ReportLines);
    const runId = `scheduled-${new Date(nightMs).toISOString().slice(0, 10)}`;
    this.ends.push({ runId, status, error: error && `${error} ${cause}`, stormy, functionNames, report });
  }
}
