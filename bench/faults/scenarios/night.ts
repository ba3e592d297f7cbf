import { followLink, linkInNewestDigest } from '../../../sandbox/demos/night/approver.ts';
import { sizesNow } from '../../../sandbox/demos/night/invariants.ts';
import { readLedger } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import { placesOf } from '../../../sandbox/demos/night/places.ts';
import { createWorld, type World } from '../../../sandbox/demos/night/world.ts';
import { STACK_NAME } from '../../../sandbox/demos/remediation/template.ts';
import { SeededStream } from '../../../sandbox/fleet/noise.ts';
import type { FaultPlan } from '../seam/fault-plan.ts';
import { PlaceTroubles } from '../seam/place-troubles.ts';
import { placeOf } from '../seam/visit.ts';
import type { Consent, Evidence, NightEnd, ReportLines } from '../world/evidence.ts';
import { HTML_SENDER, PLACES, productStack } from '../world/product-stack.ts';
import { Storm } from '../world/storm.ts';
import { StubbedIssuer } from '../world/stubbed-issuer.ts';
import { decide, linksIn } from './approver.ts';
import { addCallers, type NightVariant, nightFleet, spokesOf } from './night-fleet.ts';
import type { Played } from './scenario.ts';
import { Surroundings } from './surroundings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Two nights in which anything may go wrong, and one that tidies up. */
const STORMY_NIGHTS = 2;
const FIRST_NIGHT_MS = Date.parse('2026-11-02T02:00:00Z');
const MORNING_MS = 6 * HOUR_MS;
const VISITS = 6;

export interface NightScene {
  readonly variant: NightVariant;
  /** Whether two other places are looked after as well, each with troubles of its own. */
  readonly hasPlaces: boolean;
}

/** Nights over a small fleet, a person at the page each morning, and a last night in which everything is well. */
export async function playNights(
  { variant, hasPlaces }: NightScene,
  seed: number,
  plan: FaultPlan,
  sabotage?: (world: World) => void,
): Promise<Played> {
  const startMs = FIRST_NIGHT_MS - 2 * HOUR_MS;
  const fleet = nightFleet(variant, seed, startMs);
  const { template, spokeTemplate } = productStack();
  const stack = { stackName: STACK_NAME, template, ...(spokeTemplate && { spokeTemplate }) };
  const spokes = hasPlaces ? spokesOf(variant, seed, startMs) : [];
  const world = await createWorld({ functions: 0, seed, startMs, fleet, stack, spokes });
  const signsIn = variant === 'signIn';
  const issuer = signsIn ? new StubbedIssuer(world.account) : undefined;
  const troubles = hasPlaces ? new PlaceTroubles(seed, PLACES.map(placeOf)) : undefined;
  const storm = await Storm.over(world, plan, { signsIn, troubles });
  sabotage?.(world);
  if (sabotage !== undefined && !hasPlaces) storm.calm();
  try {
    return await new Nights(world, storm, { variant, seed, troubles }).play();
  } finally {
    issuer?.stop();
    storm.dispose();
    world.deployment.dispose();
  }
}

interface NightsOptions {
  readonly variant: NightVariant;
  readonly seed: number;
  readonly troubles: PlaceTroubles | undefined;
}

class Nights {
  private readonly world: World;
  private readonly storm: Storm;
  private readonly random: SeededStream;
  private readonly consents: Consent[] = [];
  private readonly ends: NightEnd[] = [];
  private readonly urls: string[] = [];
  private readonly signsIn: boolean;
  private readonly surroundings: Surroundings;

  constructor(world: World, storm: Storm, { variant, seed, troubles }: NightsOptions) {
    this.world = world;
    this.storm = storm;
    this.random = new SeededStream(seed, 'people');
    this.signsIn = variant === 'signIn';
    this.surroundings = new Surroundings(world, storm, troubles);
    world.account.ses.verifyIdentity(HTML_SENDER);
    if (variant === 'called') for (const { account, fleet } of placesOf(world)) addCallers(account, fleet);
  }

  async play(): Promise<Played> {
    const sizesAtStart = sizesNow(this.world);
    for (let night = 0; night <= STORMY_NIGHTS; night += 1) {
      if (night === STORMY_NIGHTS) this.storm.calm();
      await this.night(FIRST_NIGHT_MS + night * DAY_MS, night < STORMY_NIGHTS);
    }
    const { account } = this.world;
    const { abroad } = this.surroundings;
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
      ...(abroad && { abroad }),
    };
    return { evidence, count: this.storm.count };
  }

  private async night(startMs: number, stormy: boolean): Promise<void> {
    const { clock, account, deployment } = this.world;
    await clock.advanceTo(Math.max(clock.now(), startMs));
    if (stormy) this.surroundings.beginNight(startMs);
    const functionNames = [...sizesNow(this.world).keys()];
    const executions = [{ executionArn: await this.start(startMs, 'first'), nightMs: startMs }];
    if (stormy && this.storm.plan.strays()) executions.push(await this.deliverAgain(startMs));
    const hasEnded = () => executions.every(({ executionArn }) => deployment.ended.has(executionArn));
    const mails = account.sns.inbox.length;
    await clock.runUntilIdle(() => hasEnded() || account.sns.inbox.length > mails);
    if (account.sns.inbox.length > mails && !hasEnded()) await this.morning(startMs, stormy);
    await clock.runUntilIdle(hasEnded);
    for (const { executionArn, nightMs } of executions)
      this.conclude(executionArn, nightMs, { stormy, functionNames, fromMs: startMs, toMs: clock.now() });
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
    const { clock } = this.world;
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
    if (stormy && approved.length > 0 && this.random.chance(0.4)) this.surroundings.regress(approved[0]!);
    if (stormy && names.length > 1 && this.random.chance(0.3)) this.surroundings.deploy(names.at(-1)!);
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
    night: Pick<NightEnd, 'stormy' | 'functionNames' | 'fromMs' | 'toMs'>,
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
    this.ends.push({ runId, status, error: error && `${error} ${cause}`, report, ...night });
  }
}
