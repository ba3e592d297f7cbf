import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import type { ChangeRecord, FunctionRecord } from '../../../shared/contracts/ledger.ts';
import { createFunction, minute } from './scenario.ts';
import { Simulation } from './simulation.ts';
import type { RemediationTemplate } from './template.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;
const HISTORY_DAYS = 2;
const NIGHT_HOUR = 2;
const MORNING_HOUR = 8;
export const EXPORTER = 'exporter';
const STARTS_WITH_MB = 3_008;

/** Whether an environment of this size is killed in this hour, and how much it uses. */
export type Appetite = (day: number, hour: number, memorySizeMb: number) => { isKilled: boolean; usedMb: number };

/**
 * Far too much memory on ordinary days, and from the fifth day an export every fourth afternoon that needs most of it:
 * rarer than a night that looks back two days remembers.
 */
const everyFourthAfternoon =
  (exportNeedsMb: number): Appetite =>
  (day, hour, memorySizeMb) => {
    const neededMb = day >= 4 && day % 4 === 0 && hour === 14 ? exportNeedsMb : 260;
    return { isKilled: neededMb >= memorySizeMb, usedMb: Math.min(neededMb, memorySizeMb) };
  };

export const rareExport: Appetite = everyFourthAfternoon(1_600);

/** Needs more than restoring the last of several cuts gives back. */
export const hungryExport: Appetite = everyFourthAfternoon(2_400);

/** Uses little, and yet fails on anything smaller than what it has always had. */
export const hiddenNeed: Appetite = (_day, _hour, memorySizeMb) => ({
  isKilled: memorySizeMb < STARTS_WITH_MB,
  usedMb: 260,
});

/** A change of the function's memory, by whom. */
export interface Move {
  readonly atMs: number;
  readonly by: 'night' | 'remediation';
  readonly fromMb: number;
  readonly toMb: number;
}

export interface Fortnight {
  readonly moves: Move[];
  readonly record: FunctionRecord | undefined;
  readonly changes: ChangeRecord[];
  /** Executions that did not succeed, and calls that were refused. */
  readonly failed: string[];
  readonly errorMinutes: number;
}

/** Days in which the night has reason to lower a function and alarms have reason to raise it; somebody approves everything. */
export async function runFortnight(
  synthesized: RemediationTemplate,
  { seed, days, appetite }: { seed: number; days: number; appetite: Appetite },
): Promise<Fortnight> {
  const simulation = await Simulation.open({ seed, synthesized, calmMinutes: HISTORY_DAYS * DAY_MINUTES });
  try {
    let errorMinutes = 0;
    createFunction(simulation, { name: EXPORTER, memorySizeMb: STARTS_WITH_MB });
    simulation.production.addFunction(EXPORTER, ({ atMs, sinceFault, memorySizeMb }) => {
      const hour = new Date(atMs).getUTCHours();
      const { isKilled, usedMb } = appetite(Math.floor(sinceFault / DAY_MINUTES), hour, memorySizeMb);
      if (isKilled) errorMinutes += 1;
      return minute({ invocations: 60, errors: isKilled ? 20 : 0, meanDurationMs: 400, maxMemoryUsedMb: usedMb });
    });
    await simulation.execute(simulation.configureAlarmsArn, { action: 'setup' });
    await simulation.pass(minutesUntil(simulation, 0) + HISTORY_DAYS * DAY_MINUTES);
    for (let day = 0; day < days; day += 1) await passDay(simulation);
    await simulation.pass(minutesUntil(simulation, NIGHT_HOUR - 1));
    return { ...(await conclude(simulation)), errorMinutes };
  } finally {
    simulation.dispose();
  }
}

async function passDay(simulation: Simulation): Promise<void> {
  await simulation.pass(minutesUntil(simulation, NIGHT_HOUR));
  const { clock, deployment } = simulation;
  const startedMs = clock.now();
  const date = new Date(startedMs).toISOString().slice(0, 10);
  await clock.complete(() =>
    deployment.engine.startExecution({
      stateMachineArn: deployment.stateMachineArn,
      name: `night-${date}`,
      input: JSON.stringify({ scheduledTime: new Date(startedMs).toISOString() }),
    }),
  );
  await simulation.pass(minutesUntil(simulation, MORNING_HOUR));
  await approveAll(simulation, `scheduled-${date}`);
}

async function approveAll({ clock, deployment }: Simulation, runId: string): Promise<void> {
  const ledger = createLedger(deployment.tableName);
  await clock.complete(async () => {
    const by = { kind: 'link-holder', name: 'operator' } as const;
    for (const { functionName, status } of await ledger.listProposals(runId)) {
      const at = new Date(clock.now()).toISOString();
      if (status === 'pending') await ledger.decide(runId, functionName, { decision: 'approved', by, at });
    }
  });
}

/** Minutes until the hour of day has come next; a night started a moment early would end a moment later. */
function minutesUntil({ clock }: Simulation, hour: number): number {
  const now = clock.now();
  const today = Math.floor(now / DAY_MS) * DAY_MS + hour * 3_600_000;
  const nextMs = today > now ? today : today + DAY_MS;
  return Math.ceil((nextMs - now) / MINUTE_MS);
}

async function conclude(simulation: Simulation): Promise<Omit<Fortnight, 'errorMinutes'>> {
  const { clock, deployment, writes } = simulation;
  const ledger = createLedger(deployment.tableName);
  const changes = await clock.complete(() => ledger.listChanges(EXPORTER));
  const record = (await clock.complete(() => ledger.getFunctions([EXPORTER]))).get(EXPORTER);
  const sizes = writes
    .filter(
      ({ command, input }) => command === 'UpdateFunctionConfigurationCommand' && input['FunctionName'] === EXPORTER,
    )
    .map(({ atMs, input }) => ({ atMs, toMb: Number(input['MemorySize']) }));
  const nights = new Set(changes.map((each) => Math.floor(Date.parse(each.appliedAt ?? each.startedAt) / MINUTE_MS)));
  const moves = sizes.map(({ atMs, toMb }, index): Move => {
    const isNight = nights.has(Math.floor(atMs / MINUTE_MS));
    return { atMs, toMb, fromMb: sizes[index - 1]?.toMb ?? STARTS_WITH_MB, by: isNight ? 'night' : 'remediation' };
  });
  const unfinished = [...deployment.ended.values()]
    .filter(({ status }) => status !== 'SUCCEEDED')
    .map(({ name }) => name);
  return { moves, record, changes, failed: [...unfinished, ...simulation.account.iam.refusals] };
}
