import type { COST_CATEGORIES } from './metrics-settings.ts';
import { metricsWriter } from './metrics-writer.ts';

export type CostCategory = (typeof COST_CATEGORIES)[number];

export interface CostMetricsInput {
  /** USD spent since the last call, by what on. */
  readonly costUsd?: Partial<Record<CostCategory, number>>;
  /** Cost of one user in a month, in the currency your target is in (the brief: 8 to 15 rupees). */
  readonly costPerUserPerMonth?: number;
  /** Searchable in the logs; never a dimension. */
  readonly userId?: string;
}

/**
 * Tracks money: `CostUsd` by service and category, and `CostPerUserPerMonth` by service. Costs one custom metric a
 * category used and one for the cost per user: at most six a service ($1.80 a month), however many users. Never
 * rejects.
 */
export async function trackCostMetrics(input: CostMetricsInput): Promise<void> {
  const writer = metricsWriter();
  const properties = { userId: input.userId };
  for (const [category, cost] of Object.entries(input.costUsd ?? {})) {
    writer.write({ cost }, { Service: writer.service, CostCategory: category }, properties);
  }
  writer.write({ costPerUser: input.costPerUserPerMonth }, { Service: writer.service }, properties);
}
