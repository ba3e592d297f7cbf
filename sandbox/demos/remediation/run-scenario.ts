import { createRemediations } from '../../../shared/clients/ledger/create-ledger.ts';
import type { RecordRemediationOutput } from '../../../shared/contracts/remediation.ts';
import { checkInvariants } from './invariants.ts';
import type { RecordedWrite } from './recorded-writes.ts';
import type { Answered, ScenarioResult, TimelineEntry } from './result.ts';
import type { Scenario } from './scenario.ts';
import type { Reported } from './simulation.ts';
import { Simulation } from './simulation.ts';
import type { RemediationTemplate } from './template.ts';

const CALM_MINUTES = 20;

export async function runScenario(
  scenario: Scenario,
  synthesized: RemediationTemplate,
  seed: number,
): Promise<ScenarioResult> {
  const simulation = await Simulation.open({ seed, synthesized, calmMinutes: CALM_MINUTES });
  try {
    await scenario.setUp(simulation);
    await simulation.execute(simulation.configureAlarmsArn, { action: 'setup', email: 'operator@example.com' });
    const calmMs = simulation.faultAtMs - simulation.clock.now();
    await simulation.pass(Math.floor(calmMs / 60_000));
    await scenario.strike?.(simulation);
    await simulation.pass(scenario.minutes);
    return await conclude(scenario, simulation);
  } finally {
    simulation.dispose();
  }
}

async function conclude(scenario: Scenario, simulation: Simulation): Promise<ScenarioResult> {
  const answered = await answers(simulation);
  const main = answered.find(({ reported }) => isAbout(scenario, reported));
  const since = (ms: number | undefined): number | null =>
    ms === undefined ? null : Math.round((ms - simulation.faultAtMs) / 1000);
  const cleared = main && simulation.reported.filter((each) => isEndOf(main.reported, each)).at(-1);
  const last = simulation.reported.filter((each) => sameSeries(main?.reported, each)).at(-1);
  // What the scenario's strike wrote itself is not the remediation's doing.
  const writes = simulation.writes.filter(({ atMs }) => main !== undefined && atMs >= main.reported.atMs);
  const actedAt = main?.record?.actedAt;
  const result = {
    name: scenario.name,
    alarm: main ? String(main.reported.event.detail['alarmName']) : 'none',
    action: main?.output?.action?.kind ?? 'none',
    detectedAfterSeconds: since(main?.reported.atMs),
    actedAfterSeconds: actedAt ? since(Date.parse(actedAt)) : null,
    clearedAfterSeconds: cleared && last === cleared ? since(cleared.atMs) : null,
    outcome: main?.output?.outcome ?? 'none',
    changes: writes.map((each) => changeOf(each, simulation.faultAtMs)),
    lambdaInvocations: main?.lambdaInvocations ?? 0,
    stateTransitions: main?.stateTransitions ?? 0,
  };
  const violations = await checkInvariants({ scenario, simulation, answered, result });
  return { ...result, violations, timeline: timelineOf(simulation, answered, writes) };
}

const changeOf = ({ command, atMs, input }: RecordedWrite, faultAtMs: number) => ({
  command: command.replace(/Command$/, ''),
  atSeconds: Math.round((atMs - faultAtMs) / 1000),
  input,
});

async function answers(simulation: Simulation): Promise<Answered[]> {
  const { engine, tableName } = simulation.deployment;
  const remediations = createRemediations(tableName);
  const answered: Answered[] = [];
  for (const reported of simulation.reported) {
    const { executionArn, event } = reported;
    if (executionArn === undefined) continue;
    const { status, output } = await engine.describeExecution({ executionArn });
    // The engine answers the service interface loosely; it is our own engine that fills it.
    const { events } = (await engine.getExecutionHistory({ executionArn })) as unknown as { events: HistoryEvent[] };
    answered.push({
      reported,
      status,
      output: output === undefined ? undefined : (JSON.parse(output) as RecordRemediationOutput),
      record: await simulation.clock.complete(() => remediations.getRemediation(event.id)),
      ...costToAction(events),
    });
  }
  return answered;
}

interface HistoryEvent {
  type: string;
  stateEnteredEventDetails?: { name: string };
}

/** States entered, and functions among them, up to and including Remediate. */
function costToAction(events: readonly HistoryEvent[]): { lambdaInvocations: number; stateTransitions: number } {
  const entered = events.filter(({ type }) => type.endsWith('StateEntered'));
  const last = entered.findIndex(({ stateEnteredEventDetails: details }) => details?.name === 'Remediate');
  const until = last < 0 ? [] : entered.slice(0, last + 1);
  return {
    stateTransitions: until.length,
    lambdaInvocations: until.filter(({ type }) => type === 'TaskStateEntered').length,
  };
}

/** The alarm's first event about the scenario's own resource. */
function isAbout({ alarm, resource }: Scenario, { event, executionArn }: Reported): boolean {
  if (executionArn === undefined) return false;
  const { alarmName, alarmContributor } = event.detail as {
    alarmName: string;
    alarmContributor?: { attributes: Record<string, string> };
  };
  if (!alarmName.includes(`.${alarm}.`)) return false;
  if (alarmContributor) return Object.values(alarmContributor.attributes).includes(resource);
  return alarmName.endsWith(`.${resource}`) || alarm === 'HighCostPerUser';
}

const sameSeries = (a: Reported | undefined, b: Reported): boolean =>
  a !== undefined &&
  a.event['detail-type'] === b.event['detail-type'] &&
  a.event.detail['alarmName'] === b.event.detail['alarmName'] &&
  JSON.stringify(a.event.detail['alarmContributor']) === JSON.stringify(b.event.detail['alarmContributor']);

const isEndOf = (start: Reported, each: Reported): boolean =>
  sameSeries(start, each) && each.atMs > start.atMs && each.executionArn === undefined;

function timelineOf(
  simulation: Simulation,
  answered: readonly Answered[],
  writes: readonly RecordedWrite[],
): TimelineEntry[] {
  const entries = [
    ...simulation.reported.map(({ event, atMs }) => {
      const { alarmName, state, alarmContributor } = event.detail as {
        alarmName: string;
        state: { value: string };
        alarmContributor?: { attributes: Record<string, string> };
      };
      const about = alarmContributor ? ` (${Object.values(alarmContributor.attributes).join(', ')})` : '';
      return { atMs, says: `${state.value.padEnd(5)} ${alarmName}${about}` };
    }),
    ...writes.map(({ atMs, command, input }) => ({
      atMs,
      says: `WRITE ${command.replace(/Command$/, '')} ${JSON.stringify(input)}`,
    })),
    ...answered.flatMap(({ output, reported }) =>
      output && output.outcome !== 'Ignored'
        ? [{ atMs: reported.atMs + 1, says: `      → ${output.outcome}: ${output.reason}` }]
        : [],
    ),
  ];
  return entries
    .filter(({ atMs }) => atMs >= simulation.faultAtMs)
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, says }) => ({ afterSeconds: Math.round((atMs - simulation.faultAtMs) / 1000), says }));
}
