import { sizesNow } from '../../../sandbox/demos/night/invariants.ts';
import { type LedgerItem, readLedger } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import type { World } from '../../../sandbox/demos/night/world.ts';
import { Simulation } from '../../../sandbox/demos/remediation/simulation.ts';
import { Env } from '../../../shared/constants.ts';
import type { FaultPlan } from '../seam/fault-plan.ts';
import type { Consent, Evidence } from '../world/evidence.ts';
import { HTML_SENDER, productStack } from '../world/product-stack.ts';
import { Storm } from '../world/storm.ts';
import { decide, linksIn } from './approver.ts';
import { INCIDENTS } from './incidents.ts';
import type { Played } from './scenario.ts';

/** Alarms stand before trouble begins, also where a killed round keeps the next execution waiting for its turn of twenty minutes. */
const CALM_MINUTES = 8 + 25;
/**
 * Executions and alarms come to rest, also those whose delivery was held up for twenty minutes; what a host three hours ahead
 * put off comes three hours later.
 */
const REST_MINUTES = 25 + 20;
const AHEAD_MINUTES = 180;

/** An incident by day while everything goes wrong, then rest; with `asksFirst` nothing may happen without a person. */
export async function playIncident(
  { incident: name, asksFirst }: { incident: string; asksFirst: boolean },
  seed: number,
  plan: FaultPlan,
): Promise<Played> {
  const incident = INCIDENTS.find((each) => each.name === name)!;
  const simulation = await Simulation.open({ seed, synthesized: productStack(), calmMinutes: CALM_MINUTES });
  simulation.account.ses.verifyIdentity(HTML_SENDER);
  if (asksFirst) askAboutEverything();
  const storm = await Storm.over(simulation, plan);
  try {
    await incident.setUp(simulation);
    const sizesAtStart = sizesNow(worldOf(simulation));
    await configureAlarms(simulation, storm);
    await simulation.pass(Math.floor((simulation.faultAtMs - simulation.clock.now()) / 60_000));
    await incident.strike?.(simulation);
    await simulation.pass(asksFirst ? incident.minutes / 2 : incident.minutes);
    const consents = asksFirst ? await answerQuestions(simulation) : [];
    if (asksFirst) await simulation.pass(incident.minutes / 2);
    await undoOne(simulation, seed);
    storm.calm();
    await simulation.pass(REST_MINUTES + (storm.count.byKind.has('clockJump') ? AHEAD_MINUTES : 0));
    const evidence: Evidence = {
      account: simulation.account,
      ledger: await readLedger(worldOf(simulation)),
      effects: storm.effects.effects,
      consents,
      sizesAtStart,
      nights: [],
      asksFirst,
      clocksJumped: storm.count.byKind.has('clockJump'),
      logLines: [],
      urls: linksIn(simulation),
    };
    return { evidence, count: storm.count, violations: unfinished(simulation) };
  } finally {
    storm.dispose();
    simulation.dispose();
  }
}

/** The simulation has of a world what the page and the ledger's reader ask for, which is no fleet. */
const worldOf = ({ clock, account, deployment }: Simulation): World =>
  ({ clock, account, deployment, spokes: [] }) as unknown as World;

/** Before the handlers are loaded, which read their settings once. */
function askAboutEverything(): void {
  const settings = JSON.parse(process.env[Env.remediationSettings] ?? '{}') as {
    policies: Record<string, { mode: string }>;
  };
  for (const policy of Object.values(settings.policies)) policy.mode = 'ask';
  process.env[Env.remediationSettings] = JSON.stringify(settings);
}

/** Once in the storm, which may fail, and then for good. */
async function configureAlarms(simulation: Simulation, storm: Storm): Promise<void> {
  const { engine, ended } = simulation.deployment;
  const input = JSON.stringify({ action: 'setup', email: 'operator@example.com' });
  const stateMachineArn = simulation.configureAlarmsArn;
  const { executionArn } = await simulation.clock.complete(() => engine.startExecution({ stateMachineArn, input }));
  await simulation.clock.runUntilIdle(() => ended.has(executionArn));
  storm.calm();
  await simulation.execute(stateMachineArn, { action: 'setup', email: 'operator@example.com' });
  storm.rise();
}

/** A person approves what was asked, and whoever is asked about last is told no. */
async function answerQuestions(simulation: Simulation): Promise<Consent[]> {
  const world = worldOf(simulation);
  const open = (await readLedger(world)).filter(isOpenQuestion).map((item) => String(item['functionName']));
  const link = simulation.account.sns.inbox.some(({ message }) => message.includes('/runs/'));
  if (!link || open.length === 0) return [];
  const [first, ...others] = open;
  return [...(await decide(world, 'approved', [first!])), ...(await decide(world, 'rejected', others.slice(-1)))];
}

const isOpenQuestion = ({ sk, status }: LedgerItem): boolean => sk.startsWith('PROPOSAL#') && status === 'pending';

/** An operator takes back what was done, every third time. */
async function undoOne(simulation: Simulation, seed: number): Promise<void> {
  if (seed % 3 !== 0) return;
  const acted = (await readLedger(worldOf(simulation))).find(
    ({ sk, status }) => sk === 'REMEDIATION' && status === 'acted',
  );
  if (acted === undefined) return;
  const input = JSON.stringify({ action: 'undo', remediationId: acted['remediationId'] });
  const { engine } = simulation.deployment;
  await simulation.clock.complete(() => engine.startExecution({ stateMachineArn: simulation.remediationArn, input }));
}

/** Whatever happened, an answer to an alarm comes to an end. */
function unfinished({ deployment, reported }: Simulation): string[] {
  return reported
    .filter(({ executionArn }) => executionArn !== undefined && !deployment.ended.has(executionArn))
    .map(({ event }) => `the answer to ${event.detail['alarmName']} never ended`);
}
