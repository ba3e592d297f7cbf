import { parseArgs } from 'node:util';
import { quietHandlers } from '../night/quiet-handlers.ts';
import type { ScenarioResult } from './result.ts';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { synthesizeDemo } from './stage.ts';

const USAGE = 'usage: demo:remediation -- [--seed <number>] [--scenario <name>] [--json]';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, scenario: { type: 'string' }, json: { type: 'boolean' } },
  });
  const seed = Number(values.seed);
  const chosen = SCENARIOS.filter(({ name }) => values.scenario === undefined || name === values.scenario);
  if (!Number.isInteger(seed) || chosen.length === 0) {
    process.stderr.write(`${USAGE}\nscenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  quietHandlers();
  const synthesized = synthesizeDemo();
  const results: ScenarioResult[] = [];
  for (const scenario of chosen) {
    const result = await runScenario(scenario, synthesized, seed);
    results.push(result);
    if (!values.json) print(scenario.tells, result);
  }
  const invariantViolations = results.reduce((total, { violations }) => total + violations.length, 0);
  if (values.json) {
    const scenarios = results.map(({ timeline: _timeline, ...result }) => result);
    process.stdout.write(`${JSON.stringify({ scenarios, invariantViolations })}\n`);
  } else {
    process.stdout.write(`${results.length} scenarios, ${invariantViolations} invariant violations\n`);
  }
  process.exitCode = invariantViolations === 0 ? 0 : 1;
}

function print(tells: string, result: ScenarioResult): void {
  const lines = [
    `${result.name}: ${tells}`,
    ...result.timeline.map(({ afterSeconds, says }) => `  ${clockTime(afterSeconds)}  ${says}`),
    `  detected after ${words(result.detectedAfterSeconds)}, acted after ${words(result.actedAfterSeconds)}, cleared after ${words(result.clearedAfterSeconds)}; event to action: ${result.lambdaInvocations} functions, ${result.stateTransitions} transitions`,
    ...result.violations.map((each) => `  VIOLATION: ${each}`),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const clockTime = (seconds: number): string =>
  `+${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}`;

const words = (seconds: number | null): string => (seconds === null ? '–' : `${seconds} s`);

await main();
