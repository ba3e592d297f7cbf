import { setTimeout as realTimeout } from 'node:timers/promises';
import type { Assessment } from '../../../shared/contracts/assessment.ts';
import { nextStartAfter } from '../../../shared/domain/night/schedule/nightly-schedule.ts';
import { decideOnPage, linkInNewestDigest } from './approver.ts';
import { breakAnalysisOf, disturbProposals } from './faults.ts';
import { findViolations, sizesNow } from './invariants.ts';
import { readLedger } from './ledger-snapshot.ts';
import type { DemoOptions } from './options.ts';
import { placesOf, worldMonthlyCostUsd } from './places.ts';
import type { World } from './world.ts';

/** Approvers read their mail at eight in the morning, UTC. */
const MORNING_HOUR = 8;
const HOUR_MS = 3_600_000;
/** How often the wait for a real person looks whether everything is decided. */
const INTERACTIVE_POLL_MS = 500;

export interface NightFigures {
  date: string;
  assessed: number;
  proposed: number;
  /** Of these, steps that an earlier answer covered: nobody was asked. */
  covered: number;
  approved: number;
  rejected: number;
  expired: number;
  applied: number;
  verified: number;
  inconclusive: number;
  rolledBack: number;
  skipped: number;
  failed: number;
  monthlyCostUsdBefore: number;
  monthlyCostUsdAfter: number;
  awsCalls: Record<string, number>;
  stateTransitions: number;
  /** Of Express workflows, which are billed otherwise. */
  expressStateTransitions: number;
  lambdaInvocations: number;
  /** What the night itself cost, as its own report says; 0 where it has none. */
  operatingCostUsd: number;
}

export interface Night {
  figures: NightFigures;
  violations: string[];
  report: Report | undefined;
  reportKey: string | undefined;
}

/** As much of the report object as the demo shows. */
export interface Report {
  runId: string;
  counts: Record<string, number>;
  excluded: { functionName: string; reason: string }[];
  assessed: { functionName: string; kind: string; assessment?: Assessment }[];
  changed: ChangeInReport[];
  settled: ChangeInReport[];
  unavailableSources?: { source: string; reason: string }[];
  operatingCost?: { usdPerNight: number; largestLinesUsd: Record<string, number> };
}

export interface ChangeInReport {
  functionName: string;
  kind: string;
  before?: { memorySizeMb: number };
  after?: { memorySizeMb: number };
  estimatedSavingsUsdPerMonth?: number;
  decidedByKind?: string;
}

export interface NightOptions {
  approve: DemoOptions['approve'];
  faults: boolean;
  /** 0 for the first. */
  night: number;
  progress(text: string): void;
}

/** Runs one night from its scheduled start to its report, and checks from outside what it did. */
export async function runNight(world: World, options: NightOptions): Promise<Night> {
  const { clock, deployment, account } = world;
  const startMs = nextStartAfter(deployment.schedule.cron, deployment.schedule.timeZone, clock.now()) ?? clock.now();
  await clock.advanceTo(startMs);
  const date = new Date(startMs).toISOString().slice(0, 10);
  const start = { sizes: sizesNow(world), costUsd: worldMonthlyCostUsd(world, startMs), counters: countersOf(world) };
  if (options.faults) breakAnalysisOf(world, options.night);
  const executionArn = await startExecution(world, startMs, date);
  const mails = account.sns.inbox.length;
  options.progress(`${date}: assessing ${start.sizes.size} functions`);
  await clock.runUntilIdle(() => deployment.ended.has(executionArn) || account.sns.inbox.length > mails);
  if (account.sns.inbox.length > mails) await decide(world, options, date);
  options.progress(`${date}: applying, verifying`);
  await clock.runUntilIdle(() => deployment.ended.has(executionArn));
  return conclude(world, executionArn, date, start);
}

async function startExecution({ deployment, clock }: World, startMs: number, date: string): Promise<string> {
  const input = deployment.schedule.input.replace('<aws.scheduler.scheduled-time>', new Date(startMs).toISOString());
  const { engine, stateMachineArn } = deployment;
  const { executionArn } = await clock.complete(() =>
    engine.startExecution({ stateMachineArn, name: `night-${date}`, input }),
  );
  return executionArn;
}

async function decide(world: World, options: NightOptions, date: string): Promise<void> {
  const { clock } = world;
  const morningMs = Date.parse(`${date}T00:00:00Z`) + MORNING_HOUR * HOUR_MS;
  await clock.advanceTo(Math.max(clock.now(), morningMs));
  if (options.faults) disturbProposals(world, await readLedger(world), options.night);
  // Earlier approvals may cover all of it, and then the page has nothing to decide on.
  if (!(await isAnythingPending(world))) return;
  if (options.approve === 'all') await clock.complete(() => decideOnPage(world, { decision: 'approved' }));
  if (options.approve === 'mixed') await decideMixed(world);
  if (options.approve === 'interactive') {
    options.progress(`${date}: your decision, please: ${linkInNewestDigest(world)}`);
    options.progress('the night goes on when everything is decided; press Enter to let the rest expire');
    await waitForPerson(world);
  }
}

/** Of every five proposals three are approved, one is rejected and one is left to expire. */
async function decideMixed(world: World): Promise<void> {
  const open = (await readLedger(world)).filter(({ sk, status }) => sk.startsWith('PROPOSAL#') && status === 'pending');
  const names = open.map((item) => String(item['functionName'])).toSorted();
  const approved = names.filter((_, at) => at % 5 < 3);
  const rejected = names.filter((_, at) => at % 5 === 3);
  await world.clock.complete(() => decideOnPage(world, { decision: 'approved', functionNames: approved }));
  if (rejected.length === 0) return;
  await world.clock.complete(() =>
    decideOnPage(world, { decision: 'rejected', functionNames: rejected, name: 'Demo sceptic' }),
  );
}

/** Real time passes here, the only place; the page is served by the handler itself meanwhile. */
async function waitForPerson(world: World): Promise<void> {
  const enter = new AbortController();
  const stopWaiting = () => enter.abort();
  process.stdin.once('data', stopWaiting);
  while (!enter.signal.aborted && (await isAnythingPending(world))) await realTimeout(INTERACTIVE_POLL_MS);
  process.stdin.off('data', stopWaiting);
  process.stdin.pause();
}

async function isAnythingPending(world: World): Promise<boolean> {
  return (await readLedger(world)).some(({ sk, status }) => sk.startsWith('PROPOSAL#') && status === 'pending');
}

interface Counters {
  calls: Map<string, number>;
  transitions: number;
  expressTransitions: number;
  invocations: number;
}

function countersOf(world: World): Counters {
  const { deployment } = world;
  const calls = new Map<string, number>();
  for (const [call, count] of placesOf(world).flatMap(({ account }) => [...account.calls]))
    calls.set(call, (calls.get(call) ?? 0) + count);
  const invocations = [...deployment.handlers.invocations.values()].reduce((sum, each) => sum + each, 0);
  const { stateTransitions, expressStateTransitions } = deployment.engine.stats();
  return { calls, transitions: stateTransitions, expressTransitions: expressStateTransitions, invocations };
}

async function conclude(
  world: World,
  executionArn: string,
  date: string,
  start: { sizes: ReturnType<typeof sizesNow>; costUsd: number; counters: Counters },
): Promise<Night> {
  const { account, deployment, clock } = world;
  const counters = countersOf(world);
  const execution = deployment.ended.get(executionArn);
  const summary =
    execution?.status === 'SUCCEEDED' ? (JSON.parse(String(execution.output)) as { reportKey: string }) : undefined;
  const report = summary && (JSON.parse(account.s3.read(deployment.bucketName, summary.reportKey)) as Report);
  const violations = findViolations(world, { ledger: await readLedger(world), before: start.sizes, report });
  if (execution?.status !== 'SUCCEEDED')
    violations.push(`the night ended as ${execution?.status}: ${execution?.error} ${execution?.cause}`);
  const count = (name: string) => report?.counts[name] ?? 0;
  const figures: NightFigures = {
    date,
    assessed: count('assessed'),
    proposed: count('proposed'),
    covered: (report?.changed ?? []).filter(({ decidedByKind }) => decidedByKind === 'consent').length,
    approved: count('approved'),
    rejected: count('rejected'),
    expired: count('expired'),
    applied: count('applied'),
    verified: count('verified'),
    inconclusive: count('watching'),
    rolledBack: count('rolledBack'),
    skipped: count('excluded'),
    failed: count('failed'),
    monthlyCostUsdBefore: cents(start.costUsd),
    monthlyCostUsdAfter: cents(worldMonthlyCostUsd(world, clock.now())),
    awsCalls: callsSince(start.counters, counters),
    stateTransitions: counters.transitions - start.counters.transitions,
    expressStateTransitions: counters.expressTransitions - start.counters.expressTransitions,
    lambdaInvocations: counters.invocations - start.counters.invocations,
    operatingCostUsd: report?.operatingCost?.usdPerNight ?? 0,
  };
  return { figures, violations, report, reportKey: summary?.reportKey };
}

function callsSince(start: Counters, end: Counters): Record<string, number> {
  const counts = [...end.calls].map(([call, count]) => [call, count - (start.calls.get(call) ?? 0)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export const cents = (usd: number): number => Math.round(usd * 100) / 100;
