import { createFunction, minute } from '../../sandbox/demos/remediation/scenario.ts';
import type { Simulation } from '../../sandbox/demos/remediation/simulation.ts';

/** A function that may run too few at once, as its alarm reports after three minutes. */
export async function throttledCheckout(simulation: Simulation): Promise<void> {
  createFunction(simulation, { name: 'checkout', reserved: 10 });
  simulation.production.addFunction('checkout', ({ sinceFault, reserved = 0 }) => {
    const demand = sinceFault >= 0 ? 720 : 300;
    const served = Math.min(demand, reserved * 60);
    return minute({ invocations: served, throttles: demand - served, meanDurationMs: 1_000 });
  });
  await simulation.execute(simulation.configureAlarmsArn, { action: 'setup' });
  await simulation.pass(8);
}
