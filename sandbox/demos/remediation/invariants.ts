import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import type { RecordedWrite } from './recorded-writes.ts';
import type { Answered, ScenarioResult } from './result.ts';
import type { Scenario } from './scenario.ts';
import type { Simulation } from './simulation.ts';

const MAXIMUM_INVOCATIONS = 2;
const MAXIMUM_TRANSITIONS = 12;
const UNRESERVED_FLOOR = 100;

export interface Checked {
  scenario: Scenario;
  simulation: Simulation;
  answered: readonly Answered[];
  result: Omit<ScenarioResult, 'violations' | 'timeline'>;
}

/** What must hold whatever happened, and what this scenario promises. Each violation is a sentence. */
export async function checkInvariants(checked: Checked): Promise<string[]> {
  const { simulation } = checked;
  return [
    ...promises(checked),
    ...executions(checked),
    ...simulation.writes.flatMap(writeRules),
    ...accountRules(simulation),
    ...(await ledgerRules(simulation)),
    ...simulation.account.iam.refusals,
  ];
}

function promises({ scenario, result }: Checked): string[] {
  const { action, outcome, changes, clears } = scenario.expected;
  const differs = (what: string, got: unknown, wanted: unknown) =>
    got === wanted ? [] : [`${what} is ${got}, promised is ${wanted}`];
  return [
    ...differs('action', result.action, action),
    ...differs('outcome', result.outcome, outcome),
    ...differs('number of changes', result.changes.length, changes),
    ...differs('alarm cleared', result.clearedAfterSeconds !== null, clears),
  ];
}

function executions({ answered, result }: Checked): string[] {
  const { lambdaInvocations, stateTransitions } = result;
  return [
    ...answered.flatMap(({ status, reported }) =>
      status === 'SUCCEEDED' || status === 'RUNNING' ? [] : [`${reported.executionArn} ended ${status}`],
    ),
    ...(lambdaInvocations > MAXIMUM_INVOCATIONS ? [`${lambdaInvocations} functions from event to action`] : []),
    ...(stateTransitions > MAXIMUM_TRANSITIONS ? [`${stateTransitions} transitions from event to action`] : []),
  ];
}

/** Only memory and timeout, only over a known revision, only within Lambda's limits. */
function writeRules({ command, input }: RecordedWrite): string[] {
  if (command !== 'UpdateFunctionConfigurationCommand') return [];
  const { FunctionName, MemorySize, Timeout, RevisionId, ...others } = input as Record<string, number | string>;
  return [
    ...(RevisionId ? [] : [`${FunctionName} was written without a revision`]),
    ...(Object.keys(others).length > 0 ? [`${FunctionName} was sent ${Object.keys(others).join(', ')}`] : []),
    ...(Number(MemorySize) > 10_240 ? [`${FunctionName} got ${MemorySize} MB`] : []),
    ...(Number(Timeout) > 900 ? [`${FunctionName} got ${Timeout} s`] : []),
  ];
}

function accountRules({ account }: Simulation): string[] {
  const reserved = account.lambda.functions.all().reduce((sum, each) => sum + (each.reservedConcurrency ?? 0), 0);
  return 1_000 - reserved < UNRESERVED_FLOOR ? [`only ${1_000 - reserved} executions are left unreserved`] : [];
}

/** What the ledger says we left is what is live, and the night rests from it. */
async function ledgerRules({ account, clock, deployment, production }: Simulation): Promise<string[]> {
  const ledger = createLedger(deployment.tableName);
  const names = production.functionNames();
  const records = await clock.complete(() => ledger.getFunctions(names));
  return [...records.values()].flatMap(({ functionName, lastWritten, coolDownUntil, open }) => {
    const live = account.lambda.functions.get(functionName).configuration;
    if (lastWritten === undefined) return [];
    return [
      ...(live.MemorySize === lastWritten.memorySizeMb && live.Timeout === lastWritten.timeoutSeconds
        ? []
        : [`${functionName} has ${live.MemorySize} MB, the ledger says ${lastWritten.memorySizeMb}`]),
      ...(coolDownUntil === undefined ? [`the night may change ${functionName} at once`] : []),
      ...(open?.runId.startsWith('remediation-') ? [`${functionName} stayed claimed`] : []),
    ];
  });
}
