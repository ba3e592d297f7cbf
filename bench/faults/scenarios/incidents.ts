import { createFunction, minute } from '../../../sandbox/demos/remediation/scenario.ts';
import { SCENARIOS } from '../../../sandbox/demos/remediation/scenarios.ts';
import type { Simulation } from '../../../sandbox/demos/remediation/simulation.ts';

/** A fault in production that alarms are about. */
export interface Incident {
  readonly name: string;
  /** Minutes of simulated time after the fault. */
  readonly minutes: number;
  setUp(simulation: Simulation): Promise<void> | void;
  strike?(simulation: Simulation): Promise<void> | void;
}

/** Two functions are throttled; what helps the one is far from enough for the other, so that their alarm stays. */
const twoThrottled: Incident = {
  name: 'two-throttled',
  minutes: 30,
  setUp: (simulation) => {
    for (const [name, surge] of [
      ['checkout', 720],
      ['search', 4_000],
    ] as const) {
      createFunction(simulation, { name, reserved: 10 });
      simulation.production.addFunction(name, ({ sinceFault, reserved = 0 }) => {
        const demand = sinceFault >= 0 ? surge : 300;
        const served = Math.min(demand, reserved * 60);
        return minute({ invocations: served, throttles: demand - served, meanDurationMs: 1_000 });
      });
    }
  },
};

/** Short enough that the alarm fires, its remedy works or not, and the alarm clears. */
const SHORT_MINUTES: Readonly<Record<string, number>> = { 'memory-leak': 75, 'bad-deployment': 20, 'cost-spike': 40 };

export const INCIDENTS: readonly Incident[] = [
  ...SCENARIOS.map(({ name, minutes, setUp, strike }) => ({
    name,
    minutes: SHORT_MINUTES[name] ?? Math.min(minutes, 40),
    setUp,
    ...(strike && { strike }),
  })),
  twoThrottled,
];
