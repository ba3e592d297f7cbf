import '../../support/quiet.ts';
import { hiddenNeed, runFortnight } from '../../../sandbox/demos/remediation/fortnight.ts';
import { runScenario } from '../../../sandbox/demos/remediation/run-scenario.ts';
import { SCENARIOS } from '../../../sandbox/demos/remediation/scenarios.ts';
import { Simulation } from '../../../sandbox/demos/remediation/simulation.ts';
import { synthesizeDemo } from '../../../sandbox/demos/remediation/stage.ts';
import { withoutUse } from '../../support/grants-without-use.ts';
import { throttledCheckout } from '../../support/throttled-checkout.ts';
import { GrantWatch } from '../../support/unused-grants.ts';

/** Every grant of the roles that answer alarms is needed by what happens here, or has its reason written down. */
const watch = new GrantWatch();
const synthesized = synthesizeDemo();

beforeAll(async () => {
  for (const scenario of SCENARIOS) await runScenario(scenario, synthesized, 7);
  await undone();
  await runFortnight(synthesized, { seed: 1, days: 4, appetite: hiddenNeed });
});

/** A reservation is raised, taken back by an operator, and its function deleted, whose alarms go with it. */
async function undone(): Promise<void> {
  const simulation = await Simulation.open({ seed: 1, synthesized, calmMinutes: 2 });
  await throttledCheckout(simulation);
  const { event } = simulation.reported.find((each) => each.executionArn && each.event.detail['alarmContributor'])!;
  await simulation.execute(simulation.remediationArn, { action: 'undo', remediationId: event.id });
  await simulation.execute(simulation.configureAlarmsArn, { action: 'setup', email: 'another@example.com' });
  simulation.account.lambda.functions.delete('checkout');
  await simulation.execute(simulation.configureAlarmsArn, { action: 'reconcile' });
  simulation.dispose();
}

it('grants the answering of alarms nothing that no alarm needs, unless a reason is written down', () => {
  const { unexplained, superfluous } = withoutUse(watch.unused(/^FunctionAlarms/));
  expect(unexplained).toEqual([]);
  expect(superfluous).toEqual([]);
});
