import '../../support/quiet.ts';
import { runScenario } from '../../../sandbox/demos/remediation/run-scenario.ts';
import { SCENARIOS } from '../../../sandbox/demos/remediation/scenarios.ts';
import { synthesizeDemo } from '../../../sandbox/demos/remediation/stage.ts';

const synthesized = synthesizeDemo();

describe('remediation, executed as synthesized over the embedded account', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    'keeps its promise in %s',
    async (_, scenario) => {
      const { violations, outcome, action, lambdaInvocations, stateTransitions } = await runScenario(
        scenario,
        synthesized,
        7,
      );
      expect(violations).toEqual([]);
      expect({ outcome, action }).toEqual({ outcome: scenario.expected.outcome, action: scenario.expected.action });
      expect(lambdaInvocations).toBeLessThanOrEqual(2);
      expect(stateTransitions).toBeLessThanOrEqual(12);
    },
  );

  it('notices a promise that is not kept', async () => {
    const [leak] = SCENARIOS;
    const wrong = { ...leak!, expected: { ...leak!.expected, changes: 7 } };
    const { violations } = await runScenario(wrong, synthesized, 7);
    expect(violations).toEqual(['number of changes is 1, promised is 7']);
  });

  it('repeats itself to the second from the same seed', async () => {
    const [leak] = SCENARIOS;
    const first = await runScenario(leak!, synthesized, 3);
    expect(await runScenario(leak!, synthesized, 3)).toEqual(first);
  });
});
