import type { Fleet } from '../../sandbox/fleet/fleet.ts';

/** From now on everything fails that a function's second version executes. */
export function failNewVersion({ telemetry }: Fleet, functionName: string): void {
  const metrics = telemetry.metrics.bind(telemetry);
  telemetry.metrics = (name, filter, grid) => {
    const columns = metrics(name, filter, grid);
    if (name !== functionName || filter.executedVersion !== '2' || columns === undefined) return columns;
    return Object.create(columns, { errors: { value: columns.invocations } }) as typeof columns;
  };
}
