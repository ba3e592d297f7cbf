import { addTables, tagFunctions } from '../../sandbox/demos/configuration/mixed-account.ts';
import { quietHandlers } from '../../sandbox/demos/night/quiet-handlers.ts';
import { createWorld, type World } from '../../sandbox/demos/night/world.ts';
import { callLatencyMs } from '../../sandbox/metering/call-latencies.ts';

const START_MS = Date.parse('2026-11-23T09:00:00Z');
const HOUR_MS = 3_600_000;
const SEED = 1;
/** What an account with so many alarms has had its quota raised to. */
const RAISED_QUOTA = 100_000;

const WORKFLOWS = [
  ['configure-alarms', 'ConfigureAlarmsArn', { action: 'setup' }],
  ['apply-cold-start-mitigation', 'ApplyColdStartMitigationArn', { action: 'applyAll', mode: 'measured' }],
  ['configure-auto-scaling', 'ConfigureAutoScalingArn', { action: 'configure' }],
] as const;

/** One execution of one workflow. */
export interface ConfigurationRow {
  readonly functions: number;
  readonly workflow: string;
  readonly pass: 'first' | 'second' | 'plan';
  readonly status: string;
  /** Invocations of the task. */
  readonly rounds: number;
  /** Virtual minutes from start to end. */
  readonly minutes: number;
  readonly callsOfAws: number;
  readonly callsPerFunction: number;
  readonly metricsRead: number;
  /** Calls that AWS refused for its rates. */
  readonly throttled: number;
  /** Largest answer of a round. */
  readonly answerBytes: number;
  /** By service and operation. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Every workflow twice over one account in which all functions are tagged as owners may tag them. */
export async function measureConfiguration(functions: number): Promise<ConfigurationRow[]> {
  quietHandlers();
  const configuration = { alarms: { maximumMetricAlarms: RAISED_QUOTA } };
  const world = await createWorld({
    functions,
    seed: SEED,
    startMs: START_MS,
    configuration,
    latencyMs: callLatencyMs,
  });
  try {
    tagFunctions(world);
    await addTables(world);
    const rows: ConfigurationRow[] = [];
    for (const pass of ['plan', 'first', 'second'] as const) {
      for (const [task, output, input] of WORKFLOWS) {
        const asked = pass === 'plan' ? { ...input, action: 'plan' } : input;
        rows.push({ functions, workflow: task, pass, ...(await measureExecution(world, task, output, asked)) });
      }
      await world.clock.advanceTo(world.clock.now() + HOUR_MS);
    }
    return rows;
  } finally {
    world.deployment.dispose();
  }
}

type Measured = Omit<ConfigurationRow, 'functions' | 'workflow' | 'pass'>;

async function measureExecution(world: World, task: string, output: string, input: object): Promise<Measured> {
  const { account, clock, deployment } = world;
  const counted = count(world, task);
  const stateMachineArn = deployment.output(output);
  const startMs = clock.now();
  const { executionArn } = await clock.complete(() =>
    deployment.engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }),
  );
  await clock.runUntilIdle(() => deployment.ended.has(executionArn));
  account.around = undefined;
  const { status, error } = deployment.ended.get(executionArn)!;
  const callsOfAws = Object.values(counted.calls).reduce((sum, calls) => sum + calls, 0);
  return {
    status: error === undefined ? status : `${status} ${error}`,
    rounds: counted.rounds,
    minutes: Math.round((clock.now() - startMs) / 6_000) / 10,
    callsOfAws,
    callsPerFunction: Math.round((callsOfAws / world.fleet.functions.length) * 100) / 100,
    metricsRead: counted.metricsRead,
    throttled: counted.throttled,
    answerBytes: counted.answerBytes,
    calls: counted.calls,
  };
}

/** Counts what the task asks of AWS and how much it answers, from now on. */
function count({ account, deployment }: World, task: string) {
  const counted = { rounds: 0, metricsRead: 0, throttled: 0, answerBytes: 0, calls: {} as Record<string, number> };
  account.around = async (call, input, answer) => {
    counted.calls[call] = (counted.calls[call] ?? 0) + 1;
    if (call === 'CloudWatch.GetMetricData') counted.metricsRead += metricsIn(input);
    try {
      return await answer();
    } catch (error) {
      if (/Throttl|TooManyRequests|LimitExceeded/.test((error as Error).name)) counted.throttled += 1;
      throw error;
    }
  };
  deployment.handlers.beforeInvocation = (invoked) => {
    if (invoked === task) counted.rounds += 1;
  };
  deployment.handlers.afterInvocation = (invoked, _, answer) => {
    if (invoked === task)
      counted.answerBytes = Math.max(counted.answerBytes, Buffer.byteLength(JSON.stringify(answer)));
  };
  return counted;
}

/** Metrics as they are billed: up to five statistics of one are one. */
function metricsIn(input: Record<string, unknown>): number {
  const queries = (input['MetricDataQueries'] ?? []) as { MetricStat?: { Metric?: unknown } }[];
  return new Set(queries.map(({ MetricStat }) => JSON.stringify(MetricStat?.Metric))).size;
}
